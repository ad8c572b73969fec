"""Task 5: precision and recall of the first k, and the accuracy of the nearest, by their definitions."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch

from academy.homework.given_values import numbers_in, tensor_in
from academy.homework.tasks import Finding, calling, right, wrong

K = 5
NAMES = ("precision", "recall", "accuracy")
NEAR = 0.004
"""Of the student's own three numbers: half of one query of 144."""

Hits = list[list[bool]]
"""For each query whether each picture is of its kind, best first."""


class Case(NamedTuple):
    """Rankings whose measures can be worked out by hand."""

    places: list[list[int]]
    query_labels: list[int]
    labels: list[int]
    k: int

    def hits(self) -> Hits:
        """Say of each ranking which pictures are of the query's kind."""
        return [
            [self.labels[place] == label for place in row]
            for row, label in zip(self.places, self.query_labels)
        ]


LABELS = [0, 1, 0, 0, 1, 1, 1, 0]
CASES = (
    Case([[0, 1, 2, 3, 4, 5, 6, 7]], [0], LABELS, 5),  # the lesson's: 3/5, 3/4, 1
    Case([[0, 1, 2, 3, 4, 5, 6, 7]], [1], LABELS, 3),  # the nearest is wrong: 1/3, 1/4, 0
    Case([[5, 1, 0, 3, 4, 2, 6], [4, 0, 3, 6, 1, 2, 5]], [1, 0], [0, 0, 1, 1, 1, 1, 1], 3),
    Case([[2, 0, 1], [2, 1, 0]], [7, 3], [3, 7, 7], 1),
)


def measures_search(
    measures: Any, result: Any, features_of: Any, index: Any, reference: Any, queries: Any
) -> Iterator[Finding]:
    """Ask for measures worked out by hand, then for those of the student's own search."""
    for case in CASES:
        found = list(case_mistakes(measures, case))
        if found:
            yield from found
            return
    yield right("precision, recall and accuracy of rankings made by hand")
    yield from result_mistakes(result, index, features_of, reference, queries)


def case_mistakes(measures: Any, case: Case) -> Iterator[Finding]:
    """Compare three numbers with those that follow from the definitions."""
    tensors = [torch.tensor(each) for each in case[:3]]
    call = f"measures({case.places}, {case.query_labels}, {case.labels}, k={case.k})"
    with calling(call):
        given = measures(*tensors, case.k)
    if given is None or given is ...:
        yield wrong("`measures` returns nothing.", "end it with `return precision, recall, accuracy`.")
        return
    found = three_numbers(given)
    if found is None:
        yield wrong(
            f"`measures` returns {given!r}, of type {type(given).__name__}.",
            "three numbers, each the mean over the queries: `return precision, recall, accuracy`.",
        )
        return
    for place, name in enumerate(NAMES):
        wanted = RIGHT[place](case.hits(), case.k)
        if not abs(found[place] - wanted) <= 1e-4:  # so that NaN is wrong, too
            yield wrong(
                f"For places {case.places}, queries of kind {case.query_labels}, pictures of kind "
                f"{case.labels} and k = {case.k}, the {name} is {wanted:.3f}; yours is {found[place]:.3f}.",
                look_for_measure(name, found[place], case),
            )
            return


def three_numbers(given: Any) -> list[float] | None:
    """Return precision, recall and accuracy from a row of numbers, or from a dict that names them."""
    if isinstance(given, dict):
        given = [given.get(name) for name in NAMES]
    numbers = numbers_in(given)
    return numbers if numbers is not None and len(numbers) == len(NAMES) else None


def precision(hits: Hits, k: int) -> float:
    """Give the share of the first k that are relevant, averaged over queries."""
    return mean([sum(row[:k]) / k for row in hits])


def recall(hits: Hits, k: int) -> float:
    """Give the share of the relevant that are among the first k, averaged over queries."""
    return mean([sum(row[:k]) / sum(row) for row in hits])


def accuracy(hits: Hits, k: int) -> float:
    """Give the share of queries whose nearest is relevant."""
    return mean([float(row[0]) for row in hits])


RIGHT = (precision, recall, accuracy)


def mean(numbers: list[float]) -> float:
    """Return the mean of some numbers."""
    return sum(numbers) / len(numbers)


Slip = Callable[[Hits, int], float]
SLIPS: dict[str, list[tuple[str, Slip]]] = {
    "precision": [
        (
            "that is divided by all that are relevant, as the recall is; precision asks of the k shown.",
            recall,
        ),
        (
            "k is not used: cut each ranking to its first k.",
            lambda hits, k: mean([sum(row) / len(row) for row in hits]),
        ),
        ("k is an argument: this is the precision at 5.", lambda hits, k: precision(hits, 5)),
        ("a percentage; asked is a share, from 0 to 1.", lambda hits, k: 100 * precision(hits, k)),
        (
            "a sum over the queries; asked is their mean.",
            lambda hits, k: sum(sum(row[:k]) / k for row in hits),
        ),
        ("that is a count; divide it by k.", lambda hits, k: mean([float(sum(row[:k])) for row in hits])),
    ],
    "recall": [
        ("that is divided by k, as the precision is; recall asks of all that are relevant.", precision),
        (
            "the queries have different numbers of relevant pictures: divide for each query, then take the "
            "mean.",
            lambda hits, k: sum(sum(row[:k]) for row in hits) / sum(sum(row) for row in hits),
        ),
        (
            "that is divided by all pictures; divide by those of the query's kind.",
            lambda hits, k: mean([sum(row[:k]) / len(row) for row in hits]),
        ),
        ("k is an argument: this is the recall at 5.", lambda hits, k: recall(hits, 5)),
    ],
    "accuracy": [
        (
            "one picture of the right kind among the first k does not count: only the nearest does.",
            lambda hits, k: mean([float(any(row[:k])) for row in hits]),
        ),
        ("that is the precision; accuracy looks at the nearest alone.", precision),
        (
            "that asks for most of the first k; accuracy looks at the nearest alone.",
            lambda hits, k: mean([float(sum(row[:k]) > k / 2) for row in hits]),
        ),
    ],
}


def look_for_measure(name: str, found: float, case: Case) -> str:
    """Say where to look when a measure is another than by its definition."""
    for look, slip in SLIPS[name]:
        if abs(slip(case.hits(), case.k) - found) < 1e-4:
            return look
    definitions = {
        "precision": "of the first k, the share that has the query's label.",
        "recall": "of all pictures with the query's label, the share that is among the first k.",
        "accuracy": "the share of queries whose nearest picture has their label.",
    }
    return definitions[name] + " `labels[places]` gives the labels in the order of the ranking."


def result_mistakes(
    result: Any, index: Any, features_of: Any, reference: Any, queries: Any
) -> Iterator[Finding]:
    """Measure the student's features by our own search, and compare."""
    found = three_numbers(result)
    if found is None:
        yield wrong(
            f"`result` is {result!r}, of type {type(result).__name__}.",
            f"what `measures` returns for the {len(queries.labels)} queries at k = {K}: three numbers.",
        )
        return
    asked, known = tensor_in(features_of(queries.images)), tensor_in(index)
    if asked is None or known is None:
        yield wrong("`features_of` or `index` holds no numbers.", "solve Task 3 first.")
        return
    order = (asked @ known.T).argsort(dim=1, descending=True)
    case = Case(order.tolist(), queries.labels.tolist(), reference.labels.tolist(), K)
    hits = case.hits()
    for place, name in enumerate(NAMES):
        wanted = RIGHT[place](hits, K)
        if not abs(found[place] - wanted) <= NEAR:  # so that NaN is wrong, too
            yield wrong(
                f"In `result` the {name} is {found[place]:.3f}; with your features it is {wanted:.3f} at "
                f"k = {K}.",
                "the whole ranking of `reference` for each of `queries`: "
                "`search(row, index, len(index))`, then `measures(places, queries.labels, "
                f"reference.labels, {K})`.",
            )
            return
    yield right(", ".join(f"{name} {value:.1%}" for name, value in zip(NAMES, found)) + f" at k = {K}")

"""Task 4: what labeled pictures are worth, by their nearest one and by a linear probe."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from torch.nn import functional as F

from academy.data.emoji_kinds import examples_of_each
from academy.homework.given_values import numbers_in, tensor_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson8.homework.encoders import Encoders
from academy.lessons.lesson8.homework.picture_sets import PictureSet

DRAWS = 5
"""Draws of examples, with seeds from 0."""
LEAST = 0.25
"""Accuracy of a probe on two classes that are easy to tell apart, above a guess."""
NEAR, UNSTEADY = 0.003, 0.03
"""By how much a mean accuracy may be off: of a classifier that answers alike, and of one that draws lots."""

KNOWN = torch.tensor([[10.0, 0.0], [0.3, 0.4], [-1.0, 2.0]])
KNOWN_LABELS = torch.tensor([5, 2, 8])
ASKED = torch.tensor([[3.0, 3.0], [8.0, -1.0], [-5.0, 20.0], [0.5, 0.01]])
NEAREST = [2, 5, 8, 5]
"""By the angle; by the dot product the first would be 5, by the distance the last would be 2."""


def counts_labels(
    nearest: Any,
    probe: Any,
    curves: Any,
    worth: Any,
    test_right: Any,
    shots: Sequence[int],
    model: Encoders,
    labeled: PictureSet,
    test: PictureSet,
) -> Iterator[Finding]:
    """Try both classifiers on vectors by hand, then draw the same examples as the student should."""
    with calling("nearest(known, known_labels, asked)"):
        given = nearest(KNOWN.clone(), KNOWN_LABELS.clone(), ASKED.clone())
    if found := nearest_mistake(given):
        yield found
        return
    yield right("the class of the labeled vector whose angle is smallest")
    with calling("probe(known, known_labels, asked)"):
        mistake = probe_mistake(probe)
    if mistake:
        yield mistake
        return
    yield right("a probe that learns from the labels it is given, and answers with these")
    known, asked = (unit_vectors(model, part) for part in (labeled, test))
    expected = dict[str, dict[int, list[float]]]()
    for name, function in (("nearest", nearest), ("probe", probe)):
        expected[name] = {}
        for count in shots:
            with calling(f"{name}(known, labels, asked) with {count} examples of each class"):
                expected[name][count] = [
                    accuracy(function, known, labeled.labels, asked, test.labels, count, draw)
                    for draw in range(DRAWS)
                ]
    few = examples_of_each(labeled.labels, shots[0], 0)
    room = {
        name: NEAR if is_steady(function, known[few], labeled.labels[few], asked) else UNSTEADY
        for name, function in (("nearest", nearest), ("probe", probe))
    }
    if found := curves_mistake(curves, expected, room):
        yield found
        return
    yield right(f"means of {DRAWS} draws, with {', '.join(map(str, shots))} labeled pictures of each class")
    yield worth_finding(worth, curves["probe"], test_right)


def unit_vectors(model: Encoders, part: PictureSet) -> torch.Tensor:
    """Encode pictures as the notebook does, shape (count, width)."""
    return F.normalize(model.encode_image(part.numbers), dim=1)


def accuracy(
    function: Any,
    known: torch.Tensor,
    labels: torch.Tensor,
    asked: torch.Tensor,
    truths: torch.Tensor,
    count: int,
    draw: int,
) -> float:
    """Draw examples, and give the share of answers that are right; nan where there are none."""
    chosen = examples_of_each(labels, count, draw)
    answers = tensor_in(function(known[chosen], labels[chosen], asked))
    if answers is None or answers.shape != truths.shape:
        return float("nan")
    return (answers == truths).double().mean().item()


def is_steady(function: Any, known: torch.Tensor, labels: torch.Tensor, asked: torch.Tensor) -> bool:
    """Tell whether a classifier gives the same answers when it is asked again."""
    first, second = (tensor_in(function(known, labels, asked)) for _ in range(2))
    return first is not None and second is not None and torch.equal(first, second)


def nearest_mistake(given: Any) -> Finding | None:
    """Compare answers of a nearest neighbor with those by hand."""
    if given is None or given is ...:
        return wrong("`nearest` returns nothing.", "end it with `return`.")
    answers = tensor_in(given)
    if answers is None or answers.shape != (len(ASKED),):
        kind = type(given).__name__ if answers is None else f"shape {tuple(answers.shape)}"
        return wrong(f"`nearest` of {len(ASKED)} pictures gives {kind}.", "one label for each picture asked.")
    found = answers.int().tolist()
    if found == NEAREST:
        return None
    places = [KNOWN_LABELS.tolist().index(label) for label in NEAREST]
    by_dot = KNOWN_LABELS[(ASKED @ KNOWN.T).argmax(dim=1)].tolist()
    by_distance = KNOWN_LABELS[torch.cdist(ASKED, KNOWN).argmin(dim=1)].tolist()
    look = "for each picture asked, the label of the known one with the largest cosine."
    if found == places:
        look = "these are places among the known ones: `labels[places]` are their classes."
    elif found in (by_dot, by_distance):
        look = "vectors may have any length: it is the angle that counts, so make unit vectors of both."
    return wrong(f"`nearest` gives the classes {found}; those of the smallest angle are {NEAREST}.", look)


def probe_mistake(probe: Any) -> Finding | None:
    """Teach a probe two classes, then the same with the names exchanged."""
    chance = torch.Generator().manual_seed(0)
    side = torch.tensor([0, 1] * 20)
    vectors = F.normalize(torch.randn(40, 16, generator=chance) + 6 * (side[:, None] - 0.5), dim=1)
    known, asked = vectors[:16], vectors[16:]
    for names in (torch.tensor([4, 9]), torch.tensor([9, 4])):
        labels, truths = names[side[:16]], names[side[16:]]
        given = probe(known.clone(), labels, asked.clone())
        if given is None or given is ...:
            return wrong("`probe` returns nothing.", "end it with `return`.")
        answers = tensor_in(given)
        if answers is None or answers.shape != truths.shape:
            kind = type(given).__name__ if answers is None else f"shape {tuple(answers.shape)}"
            return wrong(
                f"`probe` of {len(truths)} pictures gives {kind}.", "one label for each picture asked."
            )
        if not set(answers.tolist()) <= {4, 9}:
            return wrong(
                f"Taught the classes 4 and 9, `probe` answers {int(answers.max())}.",
                "`fit(known, labels)` and `predict(asked)`: the answers are labels, not logits or places.",
            )
        is_right = (answers == truths).double().mean().item()
        if is_right < 0.5 + LEAST:
            return wrong(
                f"Of two classes that lie apart, `probe` tells {is_right:.0%}.",
                "is it fitted anew on `known` and `labels` in each call, and not penalized too much?",
            )
    return None


def curves_mistake(
    curves: Any, expected: Mapping[str, Mapping[int, Sequence[float]]], room: Mapping[str, float]
) -> Finding | None:
    """Say which mean is another than that of the student's functions on the draws that were asked for."""
    if not isinstance(curves, Mapping) or set(curves) != set(expected):
        kind = f"is a {type(curves).__name__}"
        if isinstance(curves, Mapping):
            kind = f"has {', '.join(map(str, curves))}"
        return wrong(
            f"`curves` {kind}.", "a dict with 'nearest' and 'probe', each a dict from shots to a mean."
        )
    for name, rows in expected.items():
        row = curves[name]
        numbers = numbers_in(list(row.values())) if isinstance(row, Mapping) else None
        if numbers is None or set(row) != set(rows):
            return wrong(f"`curves[{name!r}]` is {row!r}.", f"a dict from each of {list(rows)} to a number.")
        means = {count: sum(draws) / len(draws) for count, draws in rows.items()}
        apart = {count: abs(given - means[count]) for count, given in zip(row, numbers)}
        worst = max(apart, key=lambda count: apart[count])
        if not apart[worst] <= room[name]:
            given = float(row[worst])
            return wrong(
                f"`curves[{name!r}][{worst}]` is {given:.3f}; with your `{name}` we find {means[worst]:.3f}.",
                look_for_mean(given, means[worst], rows[worst]),
            )
    return None


def look_for_mean(given: float, mean: float, draws: Sequence[float]) -> str:
    """Say which mistake gives this mean."""
    if abs(given / 100 - mean) <= NEAR:
        return "that is a percentage; a share is from 0 to 1."
    if any(abs(given - each) <= 1e-6 for each in draws):
        return f"that is one draw: take the mean of {DRAWS}, 0 to {DRAWS - 1}."
    if given > mean + 0.1:
        return "it is far too good: are the examples from `labeled`, and is it judged on `test`?"
    return "`examples_of_each(labeled.labels, count, draw)`, judged on `test`."


def worth_finding(worth: Any, row: Mapping[int, float], test_right: Any) -> Finding:
    """Say whether a number of labels is the first with which the probe is level with zero-shot."""
    (level,) = numbers_in([test_right]) or [float("nan")]
    enough = [count for count in sorted(row) if float(row[count]) >= level]
    wanted = enough[0] if enough else None
    number = None if worth is None else numbers_in([worth])
    if (worth is None and wanted is None) or (number and number[0] == wanted):
        labels = f"{wanted} labels of each class" if wanted else "more labels than were tried"
        return right(f"zero-shot, with {level:.1%}, is worth as much as {labels}")
    table = ", ".join(f"{count}: {float(row[count]):.1%}" for count in sorted(row))
    return wrong(
        f"`worth` is {worth!r}; zero-shot has {level:.1%}, the probe {table}.",
        "the smallest number of shots with which the probe has as much as `test_right`, or `None`.",
    )

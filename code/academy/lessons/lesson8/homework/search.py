"""Task 5: pictures found by words, less other words, and how often the right one comes first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch.nn import functional as F

from academy.homework.given_values import numbers_in, tensor_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson8.homework.encoders import Encoders
from academy.lessons.lesson8.homework.labels import unit_vectors
from academy.lessons.lesson8.homework.picture_sets import PictureSet
from academy.lessons.lesson8.homework.zero_shot import unit_vectors as text_vectors
from academy.lessons.lesson8.retrieval import median_rank, ranks, recall

QUERIES = (
    ("an animal with wings", 5, ""),
    ("something sweet", 3, ""),
    ("a way to travel", 6, "water"),
    ("music", 10_000, ""),
)
"""Words, how many pictures, and what they are to be without; the set has fewer than the last asks for."""
NEAR = 1e-3
SCORES = ("recall@1", "recall@10", "median rank")


def query(model: Encoders, words: str, without: str) -> torch.Tensor:
    """Make the vector of a query, shape (width,), float64: less that of other words, if there are any."""
    vector = text_vectors(model, [words])[0]
    if without:
        vector = F.normalize(vector - text_vectors(model, [without])[0], dim=0)
    return vector


def searches(
    search: Any,
    measures: Any,
    by_names: Any,
    by_pictures: Any,
    model: Encoders,
    test: PictureSet,
) -> Iterator[Finding]:
    """Search with words that nobody has tried, then measure tables of cosines whose ranks are known."""
    gallery = unit_vectors(model, test).double()
    for words, k, without in QUERIES:
        said = f"search({words!r}, {k}" + (f", without={without!r})" if without else ")")
        with calling(said):
            given = search(words, k, without=without) if without else search(words, k)
        if found := search_mistake(given, said, gallery, model, words, k, without):
            yield found
            return
    yield right("the nearest pictures first, as many as asked for, and away from other words")
    for table in tables():
        with calling(f"measures(cosines) with {len(table)} queries"):
            given = measures(table.clone())
        if found := measures_mistake(given, table):
            yield found
            return
    yield right("recall@1, recall@10 and the median rank, with a query in each row")
    cosines = text_vectors(model, test.names) @ gallery.T
    for name, given, table in (("by_names", by_names, cosines), ("by_pictures", by_pictures, cosines.T)):
        if found := direction_mistake(name, given, table):
            yield found
            return
    yield right("names that look for their picture, and pictures that look for their name")


def search_mistake(
    given: Any, said: str, gallery: torch.Tensor, model: Encoders, words: str, k: int, without: str
) -> Finding | None:
    """Compare what a search finds with all cosines."""
    if given is None or given is ...:
        return wrong("`search` returns nothing.", "end it with `return scores, places`.")
    try:
        first, second = given
    except (TypeError, ValueError):
        return wrong(f"`{said}` returns a {type(given).__name__}.", "`return scores, places`.")
    scores, places = numbers_in(flat(first)), numbers_in(flat(second))
    if scores is None or places is None:
        return wrong(
            f"`{said}` returns a {type(first).__name__} and a {type(second).__name__}.",
            "two rows of numbers, each of shape (k,): scores and places, no names; the query is one vector.",
        )
    cosines, wanted = gallery @ query(model, words, without), min(k, len(gallery))
    if (len(scores), len(places)) != (wanted, wanted):
        return wrong(
            f"`{said}` returns {len(scores)} scores and {len(places)} places, not {wanted} of each.",
            f"there are {len(gallery)} pictures, no more: `min(k, …)`."
            if k > len(gallery)
            else "`topk(k)`: use the argument.",
        )
    if any(not 0 <= place < len(gallery) or place % 1 for place in places):
        return wrong(
            f"`{said}` gives places {places[:3]}.",
            "`return scores, places`; places are whole, counted from 0.",
        )
    found, best = cosines[[int(place) for place in places]], cosines.topk(wanted)
    apart = (found - best.values).abs() > NEAR
    if apart.any():
        number = int(apart.int().argmax())
        return wrong(
            f"As number {number + 1}, `{said}` finds the picture at {int(places[number])}; "
            f"the one at {int(best.indices[number])} belongs there.",
            look_for_places([int(place) for place in places], gallery, model, words, without),
        )
    difference = gallery @ text_vectors(model, [words])[0]
    if without:
        difference = difference - gallery @ text_vectors(model, [without])[0]
    allowed = [cosines[best.indices], difference[best.indices]]
    row = torch.tensor(scores, dtype=torch.float64)
    if not any((row - each).abs().max() <= NEAR for each in allowed):
        return wrong(
            f"`{said}` gives the first a score of {scores[0]:.3f}; its cosine is {best.values[0]:.3f}.",
            "the scores are cosines: products of unit vectors, both of the words and of the pictures.",
        )
    return None


def flat(value: Any) -> Any:
    """Take one row out of a table of one row."""
    table = tensor_in(value)
    return table.flatten() if table is not None and table.dim() == 2 and len(table) == 1 else value


def look_for_places(
    places: Sequence[int], gallery: torch.Tensor, model: Encoders, words: str, without: str
) -> str:
    """Say which mistake finds these places."""

    def is_like(scores: torch.Tensor) -> bool:
        return scores.topk(len(places)).indices.tolist() == list(places)

    plain = gallery @ text_vectors(model, [words])[0]
    if is_like(-(gallery @ query(model, words, without))):
        return "these are the least alike: the largest cosines come first."
    if sorted(places) == sorted((gallery @ query(model, words, without)).topk(len(places)).indices.tolist()):
        return "the right ones, in another order: the largest cosine comes first."
    if without and is_like(plain):
        return "use `without`: take its unit vector away from that of the words."
    if without and is_like(plain + gallery @ text_vectors(model, [without])[0]):
        return "`without` is added: take it away, `query - other`."
    if not without and is_like(plain - gallery @ text_vectors(model, [""])[0]):
        return "where `without` is empty, nothing is taken away: an empty text has a vector, too."
    raw = model.encode_text([words, without]).double()
    if without and is_like(gallery @ (raw[0] - raw[1])):
        return "make unit vectors of both texts before you take one away from the other."
    return "unit vectors of the words and of the pictures, `pictures(test) @ query`, the largest first."


def tables() -> tuple[torch.Tensor, torch.Tensor]:
    """Make two tables of cosines: one to see through, and one in which both directions differ."""
    chance = torch.Generator().manual_seed(0)
    small = torch.tensor([[0.9, 0.1, 0.2], [0.8, 0.5, 0.1], [0.7, 0.6, 0.3]])
    hub = torch.rand(31, 31, generator=chance) + torch.eye(31) * 0.6
    hub[:, 3] += 0.5
    return small, hub


class Measured(NamedTuple):
    """How well queries find what is theirs."""

    first: float
    ten: float
    middle: float


def measured(table: torch.Tensor) -> Measured:
    """Measure a table of cosines, a query a row; its own answer is on the diagonal."""
    return Measured(recall(table, 1), recall(table, 10), median_rank(table))


def is_near(given: Sequence[float], table: torch.Tensor) -> bool:
    """Tell whether three numbers are those of a table; of an even count, either middle rank will do."""
    expected, sorted_ranks = measured(table), ranks(table).sort().values
    middles = sorted_ranks[(len(table) - 1) // 2].item(), sorted_ranks[len(table) // 2].item()
    return (
        abs(given[0] - expected.first) <= NEAR
        and abs(given[1] - expected.ten) <= NEAR
        and middles[0] - NEAR <= given[2] <= middles[1] + NEAR
    )


def three(given: Any, name: str) -> tuple[list[float], None] | tuple[None, Finding]:
    """Read three numbers, or say what is there in their place."""
    if given is None or given is ...:
        return None, wrong(f"`{name}` is nothing.", "three numbers; does a function lack its `return`?")
    if isinstance(given, Mapping):
        given = list(given.values())
    numbers = numbers_in(given)
    if numbers is None or len(numbers) != 3:
        return None, wrong(f"`{name}` is {given!r}.", f"three numbers: {', '.join(SCORES)}.")
    return numbers, None


def measures_mistake(given: Any, table: torch.Tensor) -> Finding | None:
    """Compare measures of a table with those of its ranks."""
    numbers, found = three(given, "measures(cosines)")
    if numbers is None or is_near(numbers, table):
        return found
    expected = measured(table)
    look = "the rank of a query is 1 plus the number of answers with a larger cosine than its own."
    if is_near(numbers, table.T):
        look = "that is the other direction: a row is a query, a column an answer; compare within a row."
    elif is_near([*numbers[:2], numbers[2] + 1], table):
        look = "the best rank is 1, not 0."
    elif is_near([number / 100 for number in numbers[:2]] + numbers[2:], table):
        look = "these are percentages; a share is from 0 to 1."
    elif is_near([number / len(table) for number in numbers[:2]] + numbers[2:], table):
        look = "these are counts: divide by the number of queries."
    elif is_near([numbers[0], expected.ten, numbers[2]], table) and numbers[1] < expected.ten:
        look = "recall@10 counts ranks up to 10, the tenth with them."
    elif is_near([*numbers[:2], expected.middle], table):
        mean = ranks(table).double().mean().item()
        look = (
            "that is the mean rank." if abs(numbers[2] - mean) <= NEAR else "the middle of the sorted ranks."
        )
    return wrong(
        f"Of {len(table)} queries, `measures` gives {said_of(numbers)}; it should be {said_of(expected)}.",
        look,
    )


def direction_mistake(name: str, given: Any, table: torch.Tensor) -> Finding | None:
    """Compare what was measured in one direction with the cosines of names and pictures."""
    numbers, found = three(given, name)
    if numbers is None or is_near(numbers, table):
        return found
    asking = "names" if name == "by_names" else "pictures"
    look = (
        f"`measures` of the cosines of {asking}, which stand in the rows, with the others; names as they are."
    )
    if is_near(numbers, table.T):
        look = (
            "that is the other direction: who asks stands in the rows, `names @ pictures.T` or its transpose."
        )
    return wrong(f"`{name}` is {said_of(numbers)}; we find {said_of(measured(table))}.", look)


def said_of(numbers: Sequence[float]) -> str:
    """Write three measures for a sentence."""
    return f"{numbers[0]:.3f}, {numbers[1]:.3f} and {numbers[2]:g}"

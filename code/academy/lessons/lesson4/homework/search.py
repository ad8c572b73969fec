"""Task 4: the pictures most like a query, by the cosine."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torchvision.transforms.v2 import functional

from academy.homework.given_values import numbers_in, tensor_in
from academy.homework.tasks import Finding, calling, right, wrong

TURNED = 12
"""Pictures of the reference set whose turned copies the check searches for."""
ANGLE = 15
"""Degrees by which they are turned."""
LEAST_FOUND = 0.5
"""Share of them that must come first."""

BY_HAND = torch.tensor([[3.0, 4.0], [-4.0, -3.0], [10.0, 0.0], [0.4, 0.3], [0.0, 2.0], [20.0, 21.0]])
QUERY = torch.tensor([8.0, 6.0])
"""Nearest in direction is (0.4, 0.3), the shortest of all, and by the dot product the last one."""


def searches(search: Any, features_of: Any, index: Any, reference: Any) -> Iterator[Finding]:
    """Search among vectors by hand and among many, then for pictures that were turned."""
    chance = torch.Generator().manual_seed(0)
    many, asked = torch.randn(60, 16, generator=chance), torch.randn(16, generator=chance)
    for query, vectors, k, leave_out in (
        (QUERY, BY_HAND, 3, None),
        (QUERY, BY_HAND, 1, None),
        (asked, many, 10, None),
        (many[7], many, 5, 7),
        (QUERY, BY_HAND, 20, None),
        (many[7], many[:9], 20, 7),
        (QUERY, BY_HAND, 3, 0),  # which is not the nearest
    ):
        found = list(search_mistakes(search, query, vectors, k, leave_out))
        if found:
            yield from found
            return
    yield right("the cosine decides, the best come first, and a picture that is left out stays out")
    yield from turned_mistakes(search, features_of, index, reference.images)


def search_mistakes(
    search: Any, query: torch.Tensor, vectors: torch.Tensor, k: int, leave_out: int | None
) -> Iterator[Finding]:
    """Compare what is found with the cosines, each computed by itself."""
    said = f"`search(query, index, {k}{'' if leave_out is None else f', leave_out={leave_out}'})`"
    said += f" on {len(vectors)} vectors"
    given = vectors.clone()
    with calling(said.replace("`", "")):
        found = search(query.clone(), given, k, leave_out=leave_out)
    if found is None or found is ...:
        yield wrong("`search` returns nothing.", "end it with `return scores, places`.")
        return
    pair = parts_of(found)
    if pair is None:
        yield wrong(
            f"{said} returns {type(found).__name__}, not two rows of numbers.",
            "`return scores, places`, each of shape (k,): the query is one vector.",
        )
        return
    scores, places = pair
    cosines = [cosine(query, vector) for vector in vectors]
    left = [place for place in range(len(vectors)) if place != leave_out]
    wanted = sorted(left, key=lambda place: -cosines[place])[:k]
    if not torch.equal(given, vectors):
        yield wrong("`search` changes the index that it is given.", "compute new tensors, `x = x / …`.")
    elif len(places) != len(wanted) or len(scores) != len(places):
        yield wrong(
            f"{said} returns {len(scores)} scores and {len(places)} places, not {len(wanted)} of each.",
            f"k is {k}"
            + (", and no more than there are: `min(k, …)`." if k > len(vectors) else ": use the argument."),
        )
    elif places != wanted:
        yield wrong(
            f"{said} finds {places[:5]}; nearest in direction are {wanted[:5]}.",
            look_for_order(places, query, vectors, leave_out, wanted),
        )
    elif not all(abs(score - cosines[place]) <= 1e-3 for score, place in zip(scores, places)):  # NaN is wrong
        yield wrong(
            f"{said} gives the first a score of {scores[0]:.3f}; its cosine is {cosines[places[0]]:.3f}.",
            "the dot product divided by both lengths; the check's vectors have any length.",
        )


def parts_of(found: Any) -> tuple[list[float], list[int]] | None:
    """Return scores and places as lists; None if there are no such two."""
    try:
        scores, places = (numbers_in(torch.as_tensor(each).reshape(-1)) for each in found)
    except (TypeError, ValueError, RuntimeError):
        return None
    if scores is None or places is None:
        return None
    return scores, [int(place) for place in places]


def cosine(one: torch.Tensor, other: torch.Tensor) -> float:
    """Return the cosine of the angle between two vectors, number by number."""
    first, second = one.tolist(), other.tolist()
    lengths = math.hypot(*first) * math.hypot(*second)
    return float(sum(a * b for a, b in zip(first, second)) / lengths)


def look_for_order(
    places: Sequence[int],
    query: torch.Tensor,
    vectors: torch.Tensor,
    leave_out: int | None,
    wanted: list[int],
) -> str:
    """Say where to look when others are found than are nearest in direction."""
    if leave_out is not None and wanted[0] not in places:
        return f"the row at {leave_out} is left out, not the nearest, whichever that is."
    if leave_out is not None and leave_out in places:
        return f"the row at {leave_out} is not to be found: take it out before you cut to k" + (
            ", and ask `if leave_out is not None`, since 0 counts as false." if leave_out == 0 else "."
        )
    if sorted(places) == sorted(wanted) and list(places) == wanted[::-1]:
        return "the best first: `topk`, or `argsort(descending=True)`."
    cosines = vectors @ query / vectors.norm(dim=1)
    allowed = [place for place in range(len(vectors)) if place != leave_out]
    orders = {
        "these are the least alike: sort by falling cosine.": cosines,
        "that goes by the dot product, where long vectors come first: divide by the lengths.": -(
            vectors @ query
        ),
        "that goes by the distance between the ends; asked is the angle.": (vectors - query).norm(dim=1),
    }
    for look, order in orders.items():
        if sorted(allowed, key=lambda place: order[place].item())[: len(places)] == list(places):
            return look
    return "places count the rows of `index` as it is given, from 0."


def turned_mistakes(search: Any, features_of: Any, index: Any, images: torch.Tensor) -> Iterator[Finding]:
    """Turn pictures of the reference set, and see whether they find themselves."""
    chosen = list(range(5, len(images), len(images) // TURNED))[:TURNED]
    turned = functional.rotate(images[chosen], ANGLE, fill=[255.0] * 3)
    rows = features_of(turned)
    if tensor_in(rows) is None:
        yield wrong("`features_of` returns no numbers.", "solve Task 3 first.")
        return
    first = [parts_of(search(row, index, 5)) for row in rows]
    found = [pair is not None and pair[1][0] == place for pair, place in zip(first, chosen)]
    said = f"{sum(found)} of {TURNED} pictures that were turned by {ANGLE}° find themselves first"
    if sum(found) < LEAST_FOUND * TURNED:
        yield wrong(
            f"{said}; at least {math.ceil(LEAST_FOUND * TURNED)} should.",
            "is `index` in the order of `reference.images`? `check(3)` says whether the features are right.",
        )
    else:
        yield right(said)

"""The nearest of many vectors, found exactly: one matrix product, and a second look where it is close.

On two cores that others share, a query in 10,000 vectors of 1,280 numbers took 3 to 11 ms in six runs, in
300,000 at most 130 in five, in 600,000 at least 157 in three (`tests/benchmarks/similar_speed.py`).
So an approximate index (faiss, hnswlib) pays from some 300,000 on; it may miss some of the nearest.
"""

from typing import NamedTuple

import torch

ROUNDING = 2.0**-24
"""The relative error of one operation in float32."""


class Hit(NamedTuple):
    """A vector that was found."""

    place: int
    score: float
    """Cosine similarity, from −1 to 1."""


def nearest(features: torch.Tensor, query: torch.Tensor, k: int, without: int | None = None) -> list[Hit]:
    """Find the vectors most similar to one, the most similar first.

    Args:
        features: Shape (count, width), float32, each of length 1 or 0.
        query: Shape (width,), likewise.
        k: How many; fewer where there are no more.
        without: A place that is not to be found.

    Returns:
        The same as a search in float64 of every single vector; of equal scores the first place comes first.

    Raises:
        ValueError: If k is below 1.
    """
    if k < 1:
        raise ValueError(f"At least 1 picture must be asked for, not {k}.")
    rough = features @ query  # (count,)
    if without is not None:
        rough[without] = -torch.inf
    k = min(k, len(features) - (without is not None))
    if k == 0:
        return []
    # A sum of so many products of numbers whose squares add up to 1 is off by less than this.
    margin = 2 * len(query) * ROUNDING
    close = (rough >= rough.topk(k).values[-1] - margin).nonzero()[:, 0]
    exact = (features[close].double() * query.double()).sum(dim=1)
    order = exact.sort(descending=True, stable=True).indices[:k]
    scores = exact[order].clamp(-1, 1).tolist()  # rounding may give 1.0000001
    return [Hit(place, score) for place, score in zip(close[order].tolist(), scores)]

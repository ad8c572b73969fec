"""How well pictures of the same kind are found: precision, recall and accuracy of the k nearest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from academy.apps.pictures.index import Index
from academy.apps.pictures.references import Drawing
from academy.apps.pictures.search import nearest
from academy.data.emoji import STYLES
from academy.data.emoji_kinds import UNSEEN_STYLE, things_apart

K = 5
"""Pictures that are found for a query."""


@dataclass(frozen=True)
class Quality:
    """How well a backbone finds pictures of the same kind; each share is a mean over queries, from 0 to 1."""

    backbone: str
    precision: float
    """Share of the k found that are of the query's kind."""
    recall: float
    """Share of all pictures of the query's kind that are among the k found: k of them at most."""
    accuracy: float
    """Share of queries whose kind most of the k found have; of equal votes, the nearest one's side wins."""
    count: int
    """Queries."""
    k: int


@dataclass(frozen=True)
class Vectors:
    """Features whose labels are known."""

    features: torch.Tensor
    """Shape (count, width), float32, of length 1."""
    labels: Sequence[str]


def emoji_quality(index: Index) -> list[Quality]:
    """Ask for the twelve kinds with things that are not searched in, in a style that is not searched in.

    Args:
        index: Holds, among others, the emoji of the twelve kinds in all four styles.
    """
    old, new = things_apart()
    seen = [style for style in STYLES if style != UNSEEN_STYLE]
    shown = {Drawing(each, style, None).key: kind for style in seen for kind in old for each in old[kind]}
    asked = {Drawing(each, UNSEEN_STYLE, None).key: kind for kind in new for each in new[kind]}
    places = {each.key: place for place, each in enumerate(index.references)}

    def vectors(features: torch.Tensor, kinds: Mapping[str, str]) -> Vectors:
        return Vectors(features[[places[key] for key in kinds]], [*kinds.values()])

    return [
        measured(name, vectors(features, shown), vectors(features, asked))
        for name, features in index.features.items()
    ]


def measured(backbone: str, references: Vectors, queries: Vectors, k: int = K) -> Quality:
    """Search with each query, and compare labels.

    Args:
        backbone: The name of what gave the features.
        references: What is searched in; at least k.
        queries: What is searched with; each label is among those of the references.
        k: How many are found for each.
    """
    there_are = Counter(references.labels)
    precision, recall, accuracy = 0.0, 0.0, 0.0
    for query, label in zip(queries.features, queries.labels):
        found = [references.labels[hit.place] for hit in nearest(references.features, query, k)]
        precision += found.count(label) / k
        recall += found.count(label) / there_are[label]
        accuracy += Counter(found).most_common(1)[0][0] == label  # of equal counts, the first one found
    count = len(queries.labels)
    return Quality(backbone, precision / count, recall / count, accuracy / count, count, k)

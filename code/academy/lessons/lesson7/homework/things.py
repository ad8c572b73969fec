"""Entries of a dictionary, each of one of six kinds of things; some that only the check sees."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

import torch

from academy.assets.cache import fetch

FILES = {"animal": 5, "artifact": 6, "food": 13, "location": 15, "person": 18, "plant": 20}
"""The kinds, and the numbers that WordNet has for them: of the file that its authors kept each in."""
KINDS = tuple(FILES)
LONGEST = 60
"""Characters of an entry: short ones train fast."""
MOST_WORDS = 3
"""Entries of one meaning: one for each of its first words."""
UNSEEN = 40
"""Meanings of each kind that only the check has."""


class Entries(NamedTuple):
    """Entries of a dictionary, in its order; a meaning stands under each of its words."""

    texts: tuple[str, ...]
    """A word and its definition."""
    kinds: torch.Tensor
    """Shape (count,), int64: places in ``KINDS``."""
    meanings: torch.Tensor
    """Shape (count,), int64: entries of one number have the same definition."""


@cache
def meanings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Load the entries of each meaning by kind, in an order drawn once; no two share a definition.

    Raises:
        AssetUnavailable: If WordNet cannot be had.

    Source: G. A. Miller, *WordNet: A lexical database for English*, Communications of the ACM, 1995.
    """
    kind_of = {number: kind for kind, number in FILES.items()}
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for line in (fetch("wordnet") / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):  # the license
            continue
        fields, _, gloss = line.partition(" | ")
        _, file, _, count, *rest = fields.split()
        kind, definition = kind_of.get(int(file)), gloss.split('; "')[0].strip()
        words = [word.replace("_", " ") for word in rest[: 2 * int(count, 16) : 2]]
        entries = tuple(f"{word}: {definition}" for word in words[:MOST_WORDS])
        if kind and max(map(len, entries)) <= LONGEST:
            found[kind].setdefault(definition, entries)
    shuffled = {}
    for kind in KINDS:
        of_kind = list(found[kind].values())
        order = torch.randperm(len(of_kind), generator=torch.Generator().manual_seed(7))
        shuffled[kind] = tuple(of_kind[place] for place in order.tolist())
    return shuffled


def dictionary(count: int) -> Entries:
    """Give the entries of so many meanings of each kind, or of all that there are.

    Raises:
        AssetUnavailable: If WordNet cannot be had.
    """
    chosen = [
        (place, entries)
        for place, kind in enumerate(KINDS)
        for entries in meanings()[kind][UNSEEN : UNSEEN + count]
    ]
    rows = [(text, kind, number) for number, (kind, entries) in enumerate(chosen) for text in entries]
    texts, kinds, numbers = zip(*rows)
    return Entries(texts, torch.tensor(kinds), torch.tensor(numbers))


def unseen() -> Entries:
    """Give one entry of each meaning that no student has."""
    rows = [(entries[0], place) for place, kind in enumerate(KINDS) for entries in meanings()[kind][:UNSEEN]]
    texts, kinds = zip(*rows)
    return Entries(texts, torch.tensor(kinds), torch.arange(len(rows)))

"""Word vectors that others have learned, and what people say of pairs of words.

The packaged vectors come as spaCy keeps them: rows of numbers, and a table from the hash of a word to its
row.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import NamedTuple

import msgpack  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt
import torch

from academy.assets.cache import fetch

MULTIPLIER = np.uint64(0xC6A4A7935BD1E995)
SHIFT = np.uint64(47)
MASK = 2**64 - 1
SEED = 1
NUMBERED = {
    64: "ID",
    101: "X",
    392: "TIME",
    401: "agent",
    405: "aux",
    407: "cc",
    411: "cop",
    423: "mark",
    424: "meta",
    432: "number",
    443: "prep",
    449: "root",
    456: "_",
}
"""Words that are also terms of spaCy's own, which go by a number in place of a hash."""


class WordVectors(NamedTuple):
    """Words with a vector each."""

    words: tuple[str, ...]
    vectors: torch.Tensor
    """Shape (words, dimensions), float32: in the order of the words."""


class RatedPairs(NamedTuple):
    """Pairs of words, and how related people find them."""

    pairs: tuple[tuple[str, str], ...]
    ratings: torch.Tensor
    """Shape (count,): mean over raters, from 0 to 10."""


class Analogy(NamedTuple):
    """``first`` is to ``second`` as ``third`` is to ``fourth``."""

    first: str
    second: str
    third: str
    fourth: str


@cache
def word_vectors() -> WordVectors:
    """Load 20,000 words with a vector of 300 numbers each, as they were learned from the web.

    The words that share another's vector, half a million, are left out.

    Raises:
        AssetUnavailable: If they cannot be had.
    """
    folder = fetch("word-vectors")
    vectors = torch.from_numpy(np.load(folder / "vectors"))
    table = msgpack.unpackb((folder / "key2row").read_bytes(), strict_map_key=False)
    # Words with a row of their own come first; those that share one come after them.
    words = NUMBERED | by_hash(json.loads((folder / "strings.json").read_text(encoding="utf-8")))
    return WordVectors(tuple(words[key] for key in islice(table, len(vectors))), vectors)


def glove(count: int = 400_000) -> WordVectors:
    """Load words with a vector of 100 numbers each, learned from Wikipedia and news: 134 MB to fetch, once.

    Args:
        count: How many, the most frequent ones; at most there are 400,000, all in small letters.

    Raises:
        AssetUnavailable: If no source delivers them.
        ValueError: If the count is below 1.

    Source: J. Pennington, R. Socher and C. D. Manning, *GloVe: Global vectors for word representation*, 2014.
    """
    if count < 1:
        raise ValueError(f"There are no {count} words: ask for 1 to 400,000.")
    words, rows = [], []
    with gzip.open(fetch("glove") / "glove-wiki-gigaword-100.gz", "rt", encoding="utf-8") as file:
        next(file)  # how many words, and how many numbers each
        for line in islice(file, count):
            word, _, numbers = line.partition(" ")
            words.append(word)
            rows.append(np.fromstring(numbers, np.float32, sep=" "))
    return WordVectors(tuple(words), torch.from_numpy(np.stack(rows)))


def by_hash(texts: Iterable[str]) -> dict[int, str]:
    """File texts under their hashes, as spaCy does.

    Source: A. Appleby's MurmurHash64A, which is in the public domain, with the seed that spaCy gives it.
    """
    by_length = defaultdict(list)
    for text in texts:
        by_length[len(text.encode())].append(text)
    found: dict[int, str] = {}
    for length, group in by_length.items():
        letters = np.frombuffer("".join(group).encode(), np.uint8).reshape(len(group), length)
        found.update(zip(murmur(letters).tolist(), group, strict=True))
    return found


def murmur(letters: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Hash texts of one length: shape (count, length) becomes (count,)."""
    count, length = letters.shape
    whole = length // 8
    padded = np.zeros((count, 8 * (whole + 1)), np.uint8)
    padded[:, :length] = letters
    blocks = padded.view("<u8")  # (count, whole + 1)
    state = np.full(count, SEED ^ (length * int(MULTIPLIER) & MASK), np.uint64)
    for block in blocks[:, :whole].T:
        mixed = block * MULTIPLIER
        state = (state ^ (mixed ^ mixed >> SHIFT) * MULTIPLIER) * MULTIPLIER
    if length % 8:
        state = (state ^ blocks[:, whole]) * MULTIPLIER
    state = (state ^ state >> SHIFT) * MULTIPLIER
    return state ^ state >> SHIFT


def rated_pairs() -> RatedPairs:
    """Load 353 pairs of words, with how related people find them.

    Raises:
        AssetUnavailable: If they cannot be had.

    Source: L. Finkelstein and others, *Placing search in context: The concept revisited*, 2002.
    """
    lines = (fetch("word-tests") / "wordsim353.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]  # word, word, rating
    return RatedPairs(
        tuple((first, second) for first, second, _ in rows),
        torch.tensor([float(rating) for _, _, rating in rows]),
    )


def analogies() -> dict[str, list[Analogy]]:
    """Load 19,544 analogies, by their kind, as in ``"family"``.

    Raises:
        AssetUnavailable: If they cannot be had.

    Source: T. Mikolov and others, *Efficient estimation of word representations in vector space*, 2013.
    """
    found: dict[str, list[Analogy]] = {}
    for line in (fetch("word-tests") / "questions-words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(": "):
            kind = found.setdefault(line.removeprefix(": "), [])
        else:
            kind.append(Analogy(*line.split()))
    return found

"""Byte pairs: tokens learned by merging, again and again, the two that stand side by side most often.

Source: R. Sennrich, B. Haddow and A. Birch, *Neural machine translation of rare words with subword units*,
ACL 2016; on bytes as in A. Radford and others, *Language models are unsupervised multitask learners*, 2019.
"""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

PIECE = re.compile(r" ?\w+(?:['’]\w+)*| ?[^\w\s]+|\s+")
"""What no merge crosses: a word or a run of marks, with the space before it; or other spaces."""
PRINTED = (*range(33, 127), *range(161, 173), *range(174, 256))
"""Bytes that stand for a printed sign in Latin-1."""
BYTES = (*PRINTED, *(byte for byte in range(256) if byte not in PRINTED))
"""The bytes in the order of their ids, which is GPT-2's, so that ties are decided as they are there."""
BYTE_IDS = {byte: place for place, byte in enumerate(BYTES)}
REMEMBERED = 100_000
"""Pieces whose ids are kept, since words come again."""

Pair = tuple[int, int]


def pieces(text: str) -> list[str]:
    """Cut a text where no token may cross; nothing is lost."""
    return PIECE.findall(text)


def piece_counts(texts: Iterable[str]) -> Counter[str]:
    """Count the pieces of texts."""
    return Counter(piece for text in texts for piece in pieces(text))


def byte_ids(piece: str) -> list[int]:
    """Give the id of each byte of a piece in UTF-8, before any merge."""
    return [BYTE_IDS[byte] for byte in piece.encode()]


class BytePairs:
    """A tokenizer of byte pairs: without any, each byte is a token.

    Args:
        merges: Pairs of ids, the first merged first. An id below 256 is a place in ``BYTES``; the first pair
            becomes 256, the next 257, and so on.

    Raises:
        ValueError: If a pair has an id that is none yet.
    """

    def __init__(self, merges: Iterable[Pair]) -> None:
        self.tokens = [bytes([byte]) for byte in BYTES]
        """The bytes of each id."""
        self.merges: dict[Pair, int] = {}
        """What each pair becomes, in their order."""
        for first, second in merges:
            self.merges[first, second] = len(self.tokens)
            self.tokens.append(self._bytes(first) + self._bytes(second))
        self._encoded = lru_cache(REMEMBERED)(self._encode_piece)

    def encode(self, text: str) -> list[int]:
        """Turn a text into ids, by all merges that apply, in their order."""
        return [token for piece in pieces(text) for token in self._encoded(piece)]

    def _encode_piece(self, piece: str) -> list[int]:
        ids = byte_ids(piece)
        while here := [pair for pair in pairwise(ids) if pair in self.merges]:
            first = min(here, key=self.merges.__getitem__)
            ids = merged(ids, first, self.merges[first])
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        """Turn ids back into text; bytes that are no whole letter become ``�``.

        Raises:
            ValueError: If there is no such id.
        """
        return b"".join(map(self._bytes, ids)).decode("utf-8", errors="replace")

    def split(self, text: str) -> list[str]:
        """Cut a text into its tokens, to look at; together they are the text, where no letter is cut."""
        return [self.decode([token]) for token in self.encode(text)]

    def _bytes(self, token: int) -> bytes:
        if not 0 <= token < len(self.tokens):
            raise ValueError(f"There is no token {token}: ids go from 0 to {len(self.tokens) - 1}.")
        return self.tokens[token]


def merged(ids: Sequence[int], pair: Pair, new: int) -> list[int]:
    """Put a new id in place of each pair, from the left."""
    first, second = pair
    found: list[int] = []
    for each in ids:
        if each == second and found and found[-1] == first:
            found[-1] = new
        else:
            found.append(each)
    return found


def learn(counts: Mapping[str, int], merges: int) -> BytePairs:
    """Learn byte pairs: each time the most frequent pair, the one with the lower ids where two are.

    Args:
        counts: How often each piece comes, as of ``piece_counts``.
        merges: How many, or fewer where nothing is left to merge.

    Raises:
        ValueError: If that is below 0.
    """
    if merges < 0:
        raise ValueError(f"There cannot be {merges} merges; give 0 or more.")
    pairs = PairCounts([(tuple(byte_ids(piece)), count) for piece, count in counts.items()])
    found: list[Pair] = []
    while len(found) < merges and (pair := pairs.most_frequent()):
        pairs.merge(pair, len(BYTES) + len(found))
        found.append(pair)
    return BytePairs(found)


class PairCounts:
    """How often each pair stands in pieces, kept right while pairs are merged.

    Args:
        pieces: The ids of each, and how often it comes. Tuples, since Python's garbage collector leaves
            tuples of numbers alone, and walks through lists again and again.
    """

    def __init__(self, pieces: Iterable[tuple[tuple[int, ...], int]]) -> None:
        self._pieces = list(pieces)
        self._counts: defaultdict[Pair, int] = defaultdict(int)
        self._places: defaultdict[Pair, set[int]] = defaultdict(set)
        for place, (ids, count) in enumerate(self._pieces):
            for pair in pairwise(ids):
                self._counts[pair] += count
                self._places[pair].add(place)
        self._queue = [(-count, pair) for pair, count in self._counts.items()]
        heapq.heapify(self._queue)

    def most_frequent(self) -> Pair | None:
        """Return the pair that comes most often, of these the one with the lowest ids; None without any."""
        while self._queue:
            count, pair = self._queue[0]
            if -count == self._counts[pair] > 0:
                return pair
            heapq.heappop(self._queue)  # it was so before a merge
        return None

    def merge(self, pair: Pair, new: int) -> None:
        """Put a new id in place of a pair, in all pieces that have it."""
        changed: set[Pair] = set()
        for place in self._places.pop(pair):
            before, count = self._pieces[place]
            after = tuple(merged(before, pair, new))
            if len(after) == len(before):
                continue  # another merge took it here
            for each in pairwise(before):
                self._counts[each] -= count
            for each in pairwise(after):
                self._counts[each] += count
                self._places[each].add(place)
            self._pieces[place] = after, count
            changed.update(pairwise(before), pairwise(after))
        for each in changed:
            heapq.heappush(self._queue, (-self._counts[each], each))

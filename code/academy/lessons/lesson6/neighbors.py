"""What word vectors know: nearest words, how related two words are, and analogies."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from scipy.stats import spearmanr
from torch.nn import functional as F

from academy.data.word_vectors import Analogy, RatedPairs, WordVectors


def lookup(known: WordVectors) -> dict[str, int]:
    """Give the row of each word."""
    return {word: row for row, word in enumerate(known.words)}


def row_of(known: WordVectors, word: str) -> int:
    """Find the row of a word.

    Raises:
        KeyError: If there is none.
    """
    try:
        return known.words.index(word)
    except ValueError:
        raise KeyError(f"{word!r} is none of the {len(known.words):,} words that have a vector.") from None


def nearest(known: WordVectors, word: str, count: int = 10) -> list[tuple[str, float]]:
    """Find the words whose vectors point most nearly the same way.

    Args:
        known: All words.
        word: One of them; it is not among its own neighbors.
        count: How many.

    Returns:
        Words with their cosine similarity, the most similar first.

    Raises:
        KeyError: If the word has no vector.
    """
    row = row_of(known, word)
    directions = F.normalize(known.vectors)
    similarities = directions @ directions[row]  # (words,)
    similarities[row] = -torch.inf
    best = similarities.topk(count)
    return [(known.words[place], value) for value, place in zip(best.values.tolist(), best.indices.tolist())]


class Agreement(NamedTuple):
    """How well similarities order pairs of words as people do."""

    spearman: float
    """Correlation of the ranks, from −1 to 1."""
    covered: int
    """Pairs whose words both have a vector; the others do not count."""


def agreement(known: WordVectors, rated: RatedPairs) -> Agreement:
    """Compare the cosine similarities of pairs of words with ratings; capitals are ignored where need be."""
    rows = lookup(known)
    found = [(rows_of_all(rows, pair), rating) for pair, rating in zip(rated.pairs, rated.ratings.tolist())]
    places = torch.tensor([pair for pair, _ in found if pair], dtype=torch.int64).reshape(-1, 2)
    ratings = [rating for pair, rating in found if pair]
    first, second = known.vectors[places].unbind(dim=1)
    similarities = F.cosine_similarity(first, second)
    return Agreement(float(spearmanr(similarities.numpy(), ratings).statistic), len(ratings))


def rows_of_all(rows: dict[str, int], words: Iterable[str]) -> list[int]:
    """Find the rows of words, as they are written or else in lowercase; nothing if one of them is missing."""
    found = [rows.get(word, rows.get(word.lower())) for word in words]
    return [row for row in found if row is not None] if None not in found else []


class AnalogyScore(NamedTuple):
    """How many analogies come out right."""

    right: int
    covered: int
    """Those whose four words all have a vector; the others do not count."""

    @property
    def accuracy(self) -> float:
        """Give the share that is right; not a number where none is covered."""
        return self.right / self.covered if self.covered else float("nan")


def analogy_answers(vectors: torch.Tensor, questions: torch.Tensor, leave_out: bool = True) -> torch.Tensor:
    """Answer analogies: the word nearest to second − first + third.

    Args:
        vectors: Shape (words, dimensions).
        questions: The rows of the three given words, shape (count, 3), int64.
        leave_out: Whether the three given words are no answers, as is the custom.

    Returns:
        Rows, shape (count,).

    Source: T. Mikolov and others, *Linguistic regularities in continuous space word representations*, 2013;
    called 3CosAdd by O. Levy and Y. Goldberg, 2014.
    """
    directions = F.normalize(vectors)
    answers = []
    for part in questions.split(500):
        first, second, third = directions[part].unbind(dim=1)
        similarities = (second - first + third) @ directions.T  # (part, words)
        if leave_out:
            similarities.scatter_(1, part, -torch.inf)
        answers.append(similarities.argmax(dim=1))
    return torch.cat(answers)


def analogy_score(known: WordVectors, kind: Sequence[Analogy], leave_out: bool = True) -> AnalogyScore:
    """Count the analogies of one kind that come out right; capitals are ignored where need be.

    Args:
        known: All words.
        kind: Analogies.
        leave_out: Whether the three given words are no answers.
    """
    rows = lookup(known)
    found = [places for analogy in kind if (places := rows_of_all(rows, analogy))]
    if not found:
        return AnalogyScore(0, 0)
    all_four = torch.tensor(found)  # (count, 4)
    answers = analogy_answers(known.vectors, all_four[:, :3], leave_out)
    return AnalogyScore(int((answers == all_four[:, 3]).sum()), len(found))


def odd_one_out(known: WordVectors, words: Sequence[str]) -> str:
    """Name the word that is least similar to the mean of all.

    Raises:
        KeyError: If one of them has no vector.
    """
    directions = F.normalize(known.vectors[[row_of(known, word) for word in words]])
    return words[int((directions @ directions.mean(dim=0)).argmin())]

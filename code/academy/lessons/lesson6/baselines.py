"""What a sentiment classifier must beat: the more frequent answer, two lists of words, counted words."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import torch
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from academy.data.sentences import Sentences, words_of

GOOD = frozenset(
    words_of(
        "good great best better wonderful beautiful funny clever smart charming fresh moving brilliant "
        "perfect love loved enjoy enjoyable fun strong powerful touching excellent amazing delightful warm "
        "original worth entertaining impressive"
    )
)
BAD = frozenset(
    words_of(
        "bad worst worse boring dull awful terrible stupid silly weak poor mess waste slow tired lame empty "
        "hate hated annoying fails failed nothing pointless tedious bland ugly painful predictable wrong "
        "disappointing"
    )
)
"""Written down from memory."""

Counting = Literal["binary", "counts", "tf-idf"]
COUNTINGS: tuple[Counting, ...] = ("binary", "counts", "tf-idf")
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Of C, the inverse of the penalty."""


def majority(positive: torch.Tensor) -> float:
    """Give the more frequent label, 0 or 1, of labels of shape (count,)."""
    return float(positive.mean() > 0.5)


def count_rule(sentences: Sequence[Sequence[str]]) -> torch.Tensor:
    """Count good words minus bad words in each sentence, shape (count,), float32; 0 is no answer."""
    return torch.tensor(
        [float(sum((word in GOOD) - (word in BAD) for word in sentence)) for sentence in sentences]
    )


def counter(counting: Counting, longest: int) -> CountVectorizer:
    """Make what counts words.

    Args:
        counting: Whether a word is there, how often, or how often with rare words weighing more.
        longest: Words in a row that count as one more word: 2 for pairs of neighbors.
    """
    kind = TfidfVectorizer if counting == "tf-idf" else CountVectorizer
    return kind(tokenizer=words_of, token_pattern=None, ngram_range=(1, longest), binary=counting == "binary")


class Bag(NamedTuple):
    """The best of several classifiers of counted words."""

    classifier: Pipeline
    """Takes texts."""
    counting: Counting
    strength: float
    validation: float
    """Its accuracy on the validation sentences."""


def best_bag(train: Sentences, validation: Sentences, longest: int) -> Bag:
    """Train with each counting and each C, and take what is most often right on validation sentences.

    Args:
        train: To train on.
        validation: To choose on.
        longest: Words in a row that count as one more word.
    """
    tried = []
    for counting in COUNTINGS:
        counts = counter(counting, longest)
        inputs, held_out = counts.fit_transform(train.texts), counts.transform(validation.texts)
        for strength in STRENGTHS:
            regression = LogisticRegression(C=strength, max_iter=2_000).fit(inputs, train.positive)
            score = float(regression.score(held_out, validation.positive))
            tried.append(Bag(make_pipeline(counts, regression), counting, strength, score))
    return max(tried, key=lambda bag: bag.validation)

"""Texts: definitions of words, sentences that people rated, and batches of sentences of any length."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch.nn.utils.rnn import pad_sequence

from academy.assets.cache import fetch

PARTS_OF_SPEECH = ("noun", "verb", "adj", "adv")
RATED = {
    "movies": "movieReviewSnippets_GroundTruth.txt",
    "tweets": "tweets_GroundTruth.txt",
    "products": "amazonReviewSnippets_GroundTruth.txt",
    "editorials": "nytEditorialSnippets_GroundTruth.txt",
}
"""Files of rated sentences, by what they are about."""
PADDING = 0
"""The id that fills a row of a batch after the end of its sentence."""


class RatedSentences(NamedTuple):
    """Sentences, and how people rated them."""

    texts: tuple[str, ...]
    ratings: torch.Tensor
    """Shape (count,): mean over raters, from −4 (most negative) to 4 (most positive)."""


def glosses() -> tuple[str, ...]:
    """Load what WordNet says of each of its 117,659 meanings: a definition, and often examples in quotes.

    Raises:
        AssetUnavailable: If they cannot be had.

    Source: G. A. Miller, *WordNet: A lexical database for English*, Communications of the ACM, 1995.
    """
    folder = fetch("wordnet")
    lines = (
        line
        for part in PARTS_OF_SPEECH
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines()
    )
    # A line is a meaning; those of the license at the top begin with a space.
    return tuple(line.partition(" | ")[2].strip() for line in lines if not line.startswith(" "))


def rated_sentences(about: str = "movies") -> RatedSentences:
    """Load sentences with the mean rating of their sentiment.

    Args:
        about: One of ``RATED``.

    Raises:
        ValueError: If there are none about this.
        AssetUnavailable: If they cannot be had.

    Source: C. J. Hutto and E. Gilbert, *VADER: A parsimonious rule-based model for sentiment analysis of
    social media text*, ICWSM 2014.
    """
    if about not in RATED:
        raise ValueError(f"There are no sentences about {about!r}; there are some about {', '.join(RATED)}.")
    content = (fetch("rated-sentences") / RATED[about]).read_text(encoding="utf-8")
    rows = [line.split("\t", 2) for line in content.splitlines()]  # number, rating, text
    return RatedSentences(
        tuple(text for _, _, text in rows), torch.tensor([float(rating) for _, rating, _ in rows])
    )


def batch(sentences: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Put sentences of any length into one tensor, the shorter ones filled up, and say what is real.

    Args:
        sentences: The ids of each one's tokens.

    Returns:
        Ids, shape (count, longest), int64, ``PADDING`` after the end of a sentence; and the mask, of the
        same shape, bool, true where there is a token.
    """
    rows = [torch.tensor(ids, dtype=torch.int64) for ids in sentences]
    lengths = torch.tensor([len(row) for row in rows])
    ids = pad_sequence(rows, batch_first=True, padding_value=PADDING)
    return ids, torch.arange(ids.shape[1]) < lengths[:, None]

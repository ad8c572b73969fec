"""What each way of cutting texts costs: how long sentences become, how many ids it has, what is unknown."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from academy.data.byte_pairs import BytePairs, learn, piece_counts
from academy.lessons.lesson6.tokens import rule_tokens, whitespace_tokens
from academy.lessons.lesson6.vocabulary import Vocabulary

MERGES = (0, 1_000, 4_000, 16_000)

Cut = Callable[[str], list[str]]


class Cost(NamedTuple):
    """What one way of cutting costs."""

    name: str
    ids: int
    """Size of the vocabulary, with both special tokens where it has them."""
    tokens: float
    """Mean number of tokens of a sentence that was kept back."""
    unknown: float
    """Share of these tokens that are unknown."""
    elsewhere: float
    """The same share of other texts."""


def lowered(cut: Cut) -> Cut:
    """Cut a text whose capital letters are made small."""
    return lambda text: cut(text.lower())


WORDS: dict[str, Cut] = {
    "at spaces": whitespace_tokens,
    "by the rule": rule_tokens,
    "by the rule, small letters": lowered(rule_tokens),
    "letters": list,
}


def word_cost(
    name: str, learned: Sequence[str], kept_back: Sequence[str], other: Sequence[str], least: int = 1
) -> Cost:
    """Measure one of ``WORDS``.

    Args:
        name: Which.
        learned: The texts of the vocabulary.
        kept_back: Texts of the same kind.
        other: Texts of another kind.
        least: How often a word must come to be known.
    """
    cut = WORDS[name]
    vocabulary = Vocabulary(map(cut, learned), least)
    tokens = [token for text in kept_back for token in cut(text)]
    elsewhere = [token for text in other for token in cut(text)]
    return Cost(
        name,
        len(vocabulary),
        len(tokens) / len(kept_back),
        unknown_share(vocabulary, tokens),
        unknown_share(vocabulary, elsewhere),
    )


def unknown_share(vocabulary: Vocabulary, tokens: Sequence[str]) -> float:
    """Give the share of tokens that a vocabulary does not have."""
    return sum(token not in vocabulary for token in tokens) / len(tokens)


def byte_pair_cost(tokenizer: BytePairs, kept_back: Sequence[str]) -> Cost:
    """Measure byte pairs, which leave nothing unknown."""
    merges = len(tokenizer.merges)
    tokens = sum(len(tokenizer.encode(text)) for text in kept_back)
    name = f"byte pairs, {merges:,} merges" if merges else "bytes"
    return Cost(name, len(tokenizer.tokens), tokens / len(kept_back), 0, 0)


def byte_pairs_of(texts: Sequence[str]) -> dict[int, BytePairs]:
    """Learn byte pairs of texts, by the number of merges in ``MERGES``."""
    longest = learn(piece_counts(texts), max(MERGES))
    # Merges are learned one after another, so fewer of them are the first ones of more.
    return {count: BytePairs([*longest.merges][:count]) for count in MERGES}

"""Vocabularies: a number for each word of the training texts, and one for all others."""

from collections import Counter
from collections.abc import Iterable, Sequence

from academy.data.text import PADDING

PAD, UNK = "<pad>", "<unk>"
UNKNOWN = 1
"""The id of every token that the training texts do not have."""
SPECIAL = (PAD, UNK)


class Vocabulary:
    """Tokens and their ids: ``<pad>`` is 0, ``<unk>`` is 1, then the most frequent first.

    Args:
        sentences: The tokens of each **training** text; of tokens that come equally often the first in the
            alphabet is first.
        least: How often a token must come to get an id.

    Raises:
        TypeError: If a sentence is a text that is not cut into tokens.
        ValueError: If ``least`` is below 1.
    """

    def __init__(self, sentences: Iterable[Sequence[str]], least: int = 1) -> None:
        if least < 1:
            raise ValueError(f"A token that comes {least} times is in no text: let `least` be 1 or more.")
        counts = Counter(token for sentence in sentences for token in tokens_of(sentence))
        known = [token for token in counts if counts[token] >= least and token not in SPECIAL]
        self.tokens = (*SPECIAL, *sorted(known, key=lambda token: (-counts[token], token)))
        """The token of each id."""
        self._ids = {token: place for place, token in enumerate(self.tokens) if token not in SPECIAL}

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: str) -> bool:
        """Tell whether a token has an id of its own."""
        return token in self._ids

    def encode(self, tokens: Sequence[str]) -> list[int]:
        """Turn tokens into ids; unknown ones, and those that are written as special ones are, become 1.

        Raises:
            TypeError: If they are a text that is not cut into tokens.
        """
        return [self._ids.get(token, UNKNOWN) for token in tokens_of(tokens)]

    def decode(self, ids: Iterable[int]) -> list[str]:
        """Turn ids back into tokens, without those that fill up a row.

        Raises:
            ValueError: If there is no such id.
        """
        return [self._token(place) for place in ids if place != PADDING]

    def _token(self, place: int) -> str:
        if not 0 <= place < len(self.tokens):
            raise ValueError(f"There is no token {place}: ids go from 0 to {len(self.tokens) - 1}.")
        return self.tokens[place]


def tokens_of(sentence: Sequence[str]) -> Sequence[str]:
    """Return the tokens of a sentence, which must not be a text: each letter would be a token."""
    if isinstance(sentence, str):
        raise TypeError(f"{sentence[:40]!r} is a text; cut it into tokens first, as with `rule_tokens`.")
    return sentence

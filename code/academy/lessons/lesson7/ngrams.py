"""How likely each token comes next, by counting what followed the same few tokens before.

Source: S. F. Chen and J. Goodman, *An empirical study of smoothing techniques for language modeling*,
Computer Speech & Language, 1999: interpolated Kneser–Ney smoothing, with one discount for each length.
"""

import math
from dataclasses import dataclass

import torch

BITS = 63
"""An n-gram is written as one number, which must fit in these."""
UNKNOWN_DISCOUNT = 0.5
"""Taken where a text is too short to estimate one."""


@dataclass(frozen=True)
class Level:
    """Counts of n-grams of one length; each is written as one number, its tokens being the digits."""

    grams: torch.Tensor
    """Shape (grams,), int64, ascending."""
    counts: torch.Tensor
    """Shape (grams,): how often each comes, or, below the longest, after how many different tokens."""
    contexts: torch.Tensor
    """Shape (contexts,), int64, ascending: the n-grams without their last token."""
    totals: torch.Tensor
    """Shape (contexts,): sum of the counts of all that follows each."""
    followers: torch.Tensor
    """Shape (contexts,): how many different tokens follow each."""
    discount: float
    """Taken off each count, and shared among what was not seen."""


class KneserNey:
    """Counts of a text, up to n-grams of some length."""

    def __init__(self, ids: torch.Tensor, order: int, vocabulary: int, before: int = 0) -> None:
        """Count.

        Args:
            ids: The text, shape (tokens,), int64.
            order: Length of the longest n-grams.
            vocabulary: Number of different ids.
            before: The id that stands before each text.

        Raises:
            ValueError: If the text is empty, or n-grams of this length cannot be counted.
        """
        longest = int(BITS / math.log2(vocabulary))
        if not 1 <= order <= longest:
            raise ValueError(
                f"n-grams of {order} out of {vocabulary} tokens cannot be counted here: choose 1 to {longest}"
            )
        if not len(ids):
            raise ValueError("there is nothing to count in an empty text")
        self.order = order
        self.before = before
        self.vocabulary = vocabulary
        grams, counts = self.numbers(ids, order).unique(return_counts=True)
        levels = [self.level(grams, counts)]
        for length in range(order - 1, 0, -1):
            # Each longer n-gram is there once, so this counts the different tokens before.
            grams, counts = (grams % vocabulary**length).unique(return_counts=True)
            levels.append(self.level(grams, counts))
        self.levels = levels[::-1]
        """From single tokens to the longest n-grams."""

    def numbers(self, ids: torch.Tensor, length: int) -> torch.Tensor:
        """Write the n-gram that ends at each place as a number."""
        padded = torch.cat([ids.new_full((length - 1,), self.before), ids])
        found = torch.zeros_like(ids)
        for place in range(length):
            found = found * self.vocabulary + padded[place : place + len(ids)]
        return found

    def level(self, grams: torch.Tensor, counts: torch.Tensor) -> Level:
        """Sum up what follows each context."""
        contexts, which, followers = (grams // self.vocabulary).unique(
            return_inverse=True, return_counts=True
        )
        totals = torch.zeros_like(contexts).index_add_(0, which, counts)
        once, twice = ((counts == times).sum().item() for times in (1, 2))
        discount = once / (once + 2 * twice) if once and twice else UNKNOWN_DISCOUNT
        return Level(grams, counts, contexts, totals, followers, discount)

    def probabilities(self, ids: torch.Tensor) -> torch.Tensor:
        """Say how likely each token of a text is after those before it.

        Args:
            ids: Shape (tokens,), int64.

        Returns:
            Shape (tokens,), float64.
        """
        likely = torch.full((len(ids),), 1 / self.vocabulary, dtype=torch.float64)
        for length, level in enumerate(self.levels, start=1):
            likely = self.interpolated(level, self.numbers(ids, length), likely)
        return likely

    def following(self, ids: torch.Tensor) -> torch.Tensor:
        """Say how likely each token comes after a text.

        Args:
            ids: The text, shape (tokens,), int64.

        Returns:
            Shape (vocabulary,), float64.
        """
        likely = torch.full((self.vocabulary,), 1 / self.vocabulary, dtype=torch.float64)
        one_more = torch.cat([ids[-self.order :], ids.new_zeros(1)])
        for length, level in enumerate(self.levels, start=1):
            grams = self.numbers(one_more, length)[-1] + torch.arange(self.vocabulary)  # 0 is the last digit
            likely = self.interpolated(level, grams, likely)
        return likely

    def interpolated(self, level: Level, grams: torch.Tensor, shorter: torch.Tensor) -> torch.Tensor:
        """Mix what a level has counted with what the one below it says.

        Args:
            level: The counts.
            grams: As numbers, shape (count,), int64.
            shorter: How likely their last token is by the level below, shape (count,), float64.
        """
        counts = looked_up(grams, level.grams, level.counts)
        contexts = grams // self.vocabulary
        totals = looked_up(contexts, level.contexts, level.totals)
        followers = looked_up(contexts, level.contexts, level.followers)
        kept = (counts - level.discount).clamp(min=0)
        mixed = (kept + level.discount * followers * shorter) / totals.clamp(min=1)
        return torch.where(totals > 0, mixed, shorter)


def looked_up(wanted: torch.Tensor, keys: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
    """Find the values of keys, shape (wanted,), float64; 0 for what is no key.

    Args:
        wanted: Shape (wanted,), int64.
        keys: Shape (keys,), int64, ascending.
        values: Shape (keys,).
    """
    places = torch.searchsorted(keys, wanted).clamp(max=len(keys) - 1)
    return torch.where(keys[places] == wanted, values[places], 0).double()

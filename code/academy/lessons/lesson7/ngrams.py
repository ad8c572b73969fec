"""How likely each character comes next, by counting what followed the same few characters before.

Source: S. F. Chen and J. Goodman, *An empirical study of smoothing techniques for language modeling*,
Computer Speech & Language, 1999: interpolated Kneser–Ney smoothing, with one discount for each length.
"""

from dataclasses import dataclass

import torch

from academy.lessons.lesson7.characters import ALPHABET, PARAGRAPH_END

LONGEST = 9
"""Characters whose ids together still fit in 64 bits."""
UNKNOWN_DISCOUNT = 0.5
"""Taken where a text is too short to estimate one."""


@dataclass(frozen=True)
class Level:
    """Counts of n-grams of one length; each is written as one number, its characters being the digits."""

    grams: torch.Tensor
    """Shape (grams,), int64, ascending."""
    counts: torch.Tensor
    """Shape (grams,): how often each comes, or, below the longest, after how many different characters."""
    contexts: torch.Tensor
    """Shape (contexts,), int64, ascending: the n-grams without their last character."""
    totals: torch.Tensor
    """Shape (contexts,): sum of the counts of all that follows each."""
    followers: torch.Tensor
    """Shape (contexts,): how many different characters follow each."""
    discount: float
    """Taken off each count, and shared among what was not seen."""


class KneserNey:
    """Counts of a text, up to n-grams of some length."""

    def __init__(self, ids: torch.Tensor, order: int = 5, vocabulary: int = len(ALPHABET)) -> None:
        """Count.

        Args:
            ids: The text, shape (characters,), int64.
            order: Length of the longest n-grams, from 1 to ``LONGEST``.
            vocabulary: Number of different ids.

        Raises:
            ValueError: If the text is empty, or the order is none of these.
        """
        if not 1 <= order <= LONGEST:
            raise ValueError(f"n-grams of {order} characters cannot be counted here: choose 1 to {LONGEST}")
        if not len(ids):
            raise ValueError("there is nothing to count in an empty text")
        self.order = order
        self.vocabulary = vocabulary
        grams, counts = self.numbers(ids, order).unique(return_counts=True)
        levels = [self.level(grams, counts)]
        for length in range(order - 1, 0, -1):
            # Each longer n-gram is there once, so this counts the different characters before.
            grams, counts = (grams % vocabulary**length).unique(return_counts=True)
            levels.append(self.level(grams, counts))
        self.levels = levels[::-1]
        """From single characters to the longest n-grams."""

    def numbers(self, ids: torch.Tensor, length: int) -> torch.Tensor:
        """Write the n-gram that ends at each place as a number; paragraphs end before the first place."""
        padded = torch.cat([ids.new_full((length - 1,), PARAGRAPH_END), ids])
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
        """Say how likely each character of a text is after those before it.

        Args:
            ids: Shape (characters,), int64; the counts know none but those before each place.

        Returns:
            Shape (characters,), float64.
        """
        likely = torch.full((len(ids),), 1 / self.vocabulary, dtype=torch.float64)
        for length, level in enumerate(self.levels, start=1):
            likely = self.interpolated(level, self.numbers(ids, length), likely)
        return likely

    def following(self, ids: torch.Tensor) -> torch.Tensor:
        """Say how likely each character comes after a text.

        Args:
            ids: The text, shape (characters,), int64.

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
            shorter: How likely their last character is by the level below, shape (count,), float64.
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

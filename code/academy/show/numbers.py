"""Numbers that the prose takes from cells, and claims that hold the prose to what a cell measured."""

from collections.abc import Sequence
from typing import NamedTuple

from scipy.stats import ttest_ind, ttest_rel

from academy.book import in_book


class ClaimContradicted(AssertionError):
    """A sentence of the page is not what this run measured."""


class Difference(NamedTuple):
    """How far two means lie apart, and how far that may be off: ``f"{found:+.1%}"`` says both.

    Attributes:
        mean: The first mean minus the second.
        margin: Half of the width of the 95 % interval around it. Inside it, a difference may be luck.
    """

    mean: float
    margin: float

    def __format__(self, spec: str) -> str:
        """Write both numbers as one of them would be written, the margin without a sign."""
        return f"{self.mean:{spec}} ± {self.margin:{spec.replace('+', '')}}"


def difference(first: Sequence[float], second: Sequence[float], paired: bool) -> Difference:
    """Say how far the mean of some runs lies above that of others, with its 95 % interval.

    The interval has Student's factor for that many runs, which for three is 4.3 standard errors, not 2.

    Args:
        first: A score a run.
        second: The scores to compare with.
        paired: Whether run i of both shares its seed or its data. Then the pairs are compared, and what
            both share falls out; otherwise the two groups are, by Welch's test.

    Raises:
        ValueError: If fewer than two runs are there, or pairs have no partner.

    Source: Student, "The probable error of a mean", Biometrika 6, 1908; Welch, Biometrika 34, 1947.
    """
    ours, others = ([float(score) for score in scores] for scores in (first, second))
    if min(len(ours), len(others)) < 2:
        raise ValueError(f"an interval needs two runs on each side; got {len(ours)} and {len(others)}")
    if paired and len(ours) != len(others):
        raise ValueError(f"pairs need a partner each; got {len(ours)} and {len(others)} runs")
    test = ttest_rel(ours, others) if paired else ttest_ind(ours, others, equal_var=False)
    low, high = test.confidence_interval(0.95)
    return Difference(float(low + high) / 2, float(high - low) / 2)


def glue(name: str, value: object) -> None:
    """Hand a computed value to the prose, which prints it with the role ``{glue:text}``.

    Outside the book's build there is no prose to hand it to, and nothing happens.

    Args:
        name: Unique in the book; starts with the page's name, as in ``lesson1-ceiling``.
        value: Most often a string, formatted as it shall be read.
    """
    if in_book():
        import myst_nb

        myst_nb.glue(name, value, display=False)


def claim(sentence: str, difference: float, spread: float = 0.0) -> None:
    """Guard a sentence of the page: it holds as long as ``difference`` exceeds ``spread``.

    Args:
        sentence: What the page says, in its words.
        difference: The measured margin; positive when the sentence is right.
        spread: How large the margin must be to count, in the unit of ``difference``.

    Raises:
        ClaimContradicted: In the book's build, if the margin is too small or not a number.
            A reader who changes a cell gets the same message as a printed note.
    """
    if float(difference) > float(spread):
        return
    message = (
        f"the page says “{sentence}”, which needs a difference above {float(spread):.4g}; "
        f"this run measured {float(difference):.4g}"
    )
    if in_book():
        raise ClaimContradicted(f"{message}. Change the sentence or find out why.")
    print(f"Note: {message}. Your change made the difference.")

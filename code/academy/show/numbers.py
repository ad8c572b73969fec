"""Numbers that the prose takes from cells, and claims that hold the prose to what a cell measured."""

from academy.book import in_book


class ClaimContradicted(AssertionError):
    """A sentence of the page is not what this run measured."""


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

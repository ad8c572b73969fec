"""What ends the reading of a hand-in, and how its author is told."""

from collections.abc import Iterable

from academy.foreign import cleaned

FEW = 3
LONGEST_NAME = 40
"""Characters of one name, where a sentence lists several."""


class Refused(Exception):
    """A hand-in breaks a rule; the message is a sentence for its author."""


def a_few(names: Iterable[str]) -> str:
    """List the first names that others wrote, each fit to be shown, and how many more there are."""
    ordered = sorted(names)
    shown = [cleaned(name, LONGEST_NAME) for name in ordered[:FEW]]
    more = [f"{len(ordered) - FEW} more"] if len(ordered) > FEW else []
    *others, last = [*shown, *more] or ["nothing"]
    return f"{', '.join(others)} and {last}" if others else last

"""What ends the reading of a hand-in, and how its author is told."""

from collections.abc import Iterable

FEW = 3
LONGEST_NAME = 40


class Refused(Exception):
    """A hand-in breaks a rule; the message is a sentence for its author."""


def a_few(names: Iterable[str]) -> str:
    """List the first names that others wrote, each printable and short, and how many more there are."""
    ordered = sorted(names)
    shown = [
        "".join(each if each.isprintable() else "?" for each in name[:LONGEST_NAME]) for name in ordered[:FEW]
    ]
    more = [f"{len(ordered) - FEW} more"] if len(ordered) > FEW else []
    *others, last = [*shown, *more] or ["nothing"]
    return f"{', '.join(others)} and {last}" if others else last

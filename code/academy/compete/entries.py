"""What scoring a hand-in came to, and all hand-ins of a folder scored."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from torch import nn

from academy.compete.refused import Refused
from academy.compete.submission import Submission


class Status(StrEnum):
    """How a hand-in fared."""

    PASSED = "passed"
    BELOW = "below"
    REFUSED = "refused"

    @property
    def exit_code(self) -> int:
        """With what the command that checked it ends."""
        return list(Status).index(self)


@dataclass(frozen=True)
class Entry:
    """A hand-in, measured or refused."""

    place: str
    """Name of its folder or archive."""
    status: Status
    reason: str
    """One sentence: what was measured, or why it is refused."""
    accuracy: float | None = None
    parameters: int | None = None
    submission: Submission | None = None
    widths: tuple[int, ...] = ()
    activations: tuple[str, ...] = ()
    model: nn.Module | None = None

    @property
    def claim_holds(self) -> bool:
        """Tell whether the author claims what was measured: the same count, accuracy within 0.1 points."""
        if self.submission is None or self.accuracy is None:
            return False
        claims = self.submission.claims
        return claims.parameters == self.parameters and abs(claims.accuracy - self.accuracy) < 0.001

    @property
    def sentence(self) -> str:
        """Say how it fared, and where its author's claim is another."""
        said = f"{self.status}: {self.reason}"
        if self.submission is None or self.claim_holds:
            return said
        claims = self.submission.claims
        return f"{said} Claimed were {claims.accuracy:.2%} with {claims.parameters} parameters."

    def as_json(self) -> dict[str, Any]:
        """Give what a program wants to know."""
        return {
            "status": self.status,
            "reason": self.reason,
            "accuracy": self.accuracy,
            "parameters": self.parameters,
            "claim_holds": self.claim_holds,
        }


def refusing(score: Callable[[Path], Entry]) -> Callable[[Path], Entry]:
    """Make scoring answer with a refused entry where it would raise."""

    def scored(place: Path) -> Entry:
        try:
            return score(place)
        except Refused as refusal:
            return Entry(place.name, Status.REFUSED, f"{refusal}.")

    return scored


def score_all(folder: Path, score: Callable[[Path], Entry]) -> list[Entry]:
    """Score every hand-in of a folder; one that is refused stops no other.

    Args:
        folder: Holds a folder or a zip archive for each hand-in; other files are not hand-ins.
        score: Of one competition.

    Returns:
        Best first: fewest parameters, then highest accuracy; what is refused, by name, at the end.
    """
    places = [place for place in sorted(folder.iterdir()) if not place.name.startswith(".")]
    hand_ins = [place for place in places if place.is_symlink() or place.is_dir() or place.suffix == ".zip"]
    return sorted((score(place) for place in hand_ins), key=rank)


def rank(entry: Entry) -> tuple[float, float, str]:
    """Give the order on a board."""
    if entry.parameters is None or entry.accuracy is None:
        return (float("inf"), 0.0, entry.place)
    return (entry.parameters, -entry.accuracy, entry.place)

"""What scoring a hand-in came to, and all hand-ins of a folder scored."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from academy.compete.refused import Refused
from academy.compete.submission import Submission

Arguments = ParamSpec("Arguments")


class Status(StrEnum):
    """How a hand-in fared."""

    PASSED = "passed"
    BELOW = "below"
    RANKED = "ranked"
    CLAIMED = "claimed"
    REFUSED = "refused"

    @property
    def exit_code(self) -> int:
        """With what the command that checked it ends: 0 on a board, 1 scored but on none, 2 refused."""
        return {Status.PASSED: 0, Status.RANKED: 0, Status.REFUSED: 2}.get(self, 1)

    @property
    def words(self) -> str:
        """How a sentence begins: where a hand-in is ranked, the others on the board decide its rank."""
        return "goes on the board" if self is Status.RANKED else str(self)


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
        said = f"{self.status.words}: {self.reason}"
        if self.submission is None or self.claim_holds:
            return said
        claims = self.submission.claims
        return f"{said} Claimed were {claims.accuracy:.2%} with {claims.parameters:,} parameters."

    def as_json(self) -> dict[str, Any]:
        """Give what a program wants to know."""
        return {
            "status": self.status,
            "reason": self.reason,
            "accuracy": self.accuracy,
            "parameters": self.parameters,
            "claim_holds": self.claim_holds,
        }


def refusing(
    score: Callable[Concatenate[Path, Arguments], Entry],
) -> Callable[Concatenate[Path, Arguments], Entry]:
    """Make scoring answer with a refused entry where it would raise."""

    @wraps(score)
    def scored(place: Path, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Entry:
        try:
            return score(place, *args, **kwargs)
        except Refused as refusal:
            return Entry(place.name, Status.REFUSED, f"{refusal}.")

    return scored


def score_all(
    folder: Path, score: Callable[[Path], Entry], order: Callable[[Entry], tuple[float, ...]]
) -> list[Entry]:
    """Score every hand-in of a folder; one that is refused stops no other.

    Args:
        folder: Holds a folder or a zip archive for each hand-in; other files are not hand-ins.
        score: Of one competition.
        order: Of one competition: what comes first is the smallest.

    Returns:
        Best first; what is refused, by name, at the end.
    """
    places = [place for place in sorted(folder.iterdir()) if not place.name.startswith(".")]
    hand_ins = [place for place in places if place.is_symlink() or place.is_dir() or place.suffix == ".zip"]
    entries = [score(place) for place in hand_ins]
    refused = [entry for entry in entries if entry.status is Status.REFUSED]
    scored = [entry for entry in entries if entry.status is not Status.REFUSED]
    return sorted(scored, key=order) + refused

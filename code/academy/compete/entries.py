"""What scoring a hand-in came to, and all hand-ins of a folder scored."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from academy.assets.errors import AssetError
from academy.compete.files import is_archive
from academy.compete.refused import Refused
from academy.compete.submission import Submission
from academy.foreign import cleaned

Arguments = ParamSpec("Arguments")
Order = Callable[["Entry"], tuple[float, ...]]
"""What comes first on a board has the smallest."""

LONGEST_REASON = 380
"""Characters of the sentence that says why a hand-in is refused."""
OURS = "This book"
"""The author of reference entries, which show what is possible."""
TOLERANCE = 0.001
"""By how much of all points, or pictures, an accuracy may be off that an author claims."""


class Status(StrEnum):
    """How a hand-in fared."""

    PASSED = "passed"
    BELOW = "below"
    RANKED = "ranked"
    CLAIMED = "claimed"
    REFUSED = "refused"
    FAILED = "not scored"

    @property
    def exit_code(self) -> int:
        """How the command that checked it ends: 0 on a board, 1 scored but on none, 2 refused, 3 failed."""
        return {Status.PASSED: 0, Status.RANKED: 0, Status.REFUSED: 2, Status.FAILED: 3}.get(self, 1)

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
        return claims.parameters == self.parameters and abs(claims.accuracy - self.accuracy) < TOLERANCE

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
    """Make scoring answer with an entry where it would raise, so that no hand-in stops the others.

    What no hand-in can help, such as pictures that cannot be had, is raised still.
    """

    @wraps(score)
    def scored(place: Path, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Entry:
        try:
            return score(place, *args, **kwargs)
        except AssetError:
            raise
        except Refused as refusal:
            status, sentence = Status.REFUSED, str(refusal)
        except Exception as error:  # what somebody hands in must not stop the page
            status = Status.FAILED
            sentence = f"the scorer failed here, which is its own fault: {type(error).__name__}: {error}"
        return Entry(place.name, status, f"{cleaned(sentence, LONGEST_REASON)}.")

    return scored


def score_all(folder: Path, score: Callable[[Path], Entry], order: Order) -> list[Entry]:
    """Score every hand-in of a folder; one that is refused stops no other.

    Args:
        folder: Holds a folder or a zip archive for each hand-in; other files are not hand-ins.
        score: Of one competition.
        order: Of one competition.

    Returns:
        Best first, those of equal order by name; what could not be measured, by name, at the end.
    """
    places = [place for place in sorted(folder.iterdir()) if not place.name.startswith(".")]
    hand_ins = [place for place in places if place.is_symlink() or place.is_dir() or is_archive(place)]
    entries = [score(place) for place in hand_ins]
    measured = [entry for entry in entries if entry.accuracy is not None]
    return sorted(measured, key=order) + [entry for entry in entries if entry.accuracy is None]


def shared_ranks(entries: Sequence[Entry], order: Order) -> list[str]:
    """Rank entries that stand in order.

    Those of equal order share the best of their places. The book's own take nobody's place and have a dash.
    """
    readers = [order(entry) for entry in entries if not is_ours(entry)]
    return ["–" if is_ours(entry) else str(1 + bisect_left(readers, order(entry))) for entry in entries]


def is_ours(entry: Entry) -> bool:
    """Tell whether an entry is one of the book's own."""
    return entry.submission is not None and entry.submission.author == OURS

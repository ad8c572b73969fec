"""What every source has in common."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol


@dataclass(frozen=True)
class File:
    """One file of an asset, as it must arrive."""

    path: str
    """Relative to the asset's folder, with forward slashes."""
    bytes: int
    sha256: str


@dataclass
class Deadline:
    """The time by which a source must have delivered."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    def remaining(self) -> float:
        """Say how many seconds are left, zero when none are."""
        return max(0.0, self.started + self.seconds - time.monotonic())


class Source(Protocol):
    """A place that an asset's files can come from."""

    needs_network: ClassVar[bool]
    is_packaged: ClassVar[bool]
    """Whether a machine that reaches only package indexes can use it."""

    def describe(self) -> str:
        """Name the place in a few words."""

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, deadline: Deadline) -> None:
        """Put the files into a folder; the caller checks them.

        Args:
            files: What the asset holds.
            target: An empty folder for the files, each under its registered path.
            scratch: An empty folder on the same disk for everything else.
            deadline: When to give up.

        Raises:
            SourceFailed: If the place did not answer, not in time, or holds something else.
        """

"""What every source has in common."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Protocol

NOTES = 1 << 16
"""Bytes that a client may write for itself, its messages among them."""


@dataclass(frozen=True)
class File:
    """One file of an asset, as it must arrive."""

    path: str
    """Relative to the asset's folder, with forward slashes."""
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Limits:
    """What a source may take: the time until it must have delivered, and the bytes that it may write."""

    seconds: float
    bytes: int
    started: float = field(default_factory=time.monotonic)

    def remaining(self) -> float:
        """Say how many seconds are left, zero when none are."""
        return max(0.0, self.started + self.seconds - time.monotonic())

    def for_loose(self, *files: File) -> "Limits":
        """Narrow the bytes to what files take that come as they are, packed or not."""
        return replace(self, bytes=sum(file.bytes for file in files) * 101 // 100 + NOTES)


class Source(Protocol):
    """A place that an asset's files can come from."""

    needs_network: ClassVar[bool]
    is_packaged: ClassVar[bool]
    """Whether a machine that reaches only package indexes can use it."""

    def describe(self) -> str:
        """Name the place in a few words."""

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Put the files into a folder; the caller checks them.

        Args:
            files: What the asset holds.
            target: An empty folder for the files, each under its registered path.
            scratch: An empty folder on the same disk for everything else.
            limits: When to give up.

        Raises:
            SourceFailed: If the place did not answer, not in time, or holds something else.
        """

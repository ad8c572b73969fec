"""A wheel from the Python index that the user's machine is set up with."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import extract
from academy.assets.sources.base import File, Limits
from academy.assets.sources.process import delivered, run

PIP_OPTIONS = ["--retries=1", "--timeout=15", "--disable-pip-version-check", "--quiet"]


@dataclass(frozen=True)
class Wheel:
    """One version of a Python package as a wheel; it is unpacked, never installed."""

    package: str
    version: str
    folder: str
    """Path in the wheel in front of each file's path."""

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = True

    def describe(self) -> str:
        """Name package and version."""
        return f"pip {self.package}=={self.version}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Let pip fetch the wheel, and take the files out of it."""
        wanted = ["--no-deps", "--only-binary=:all:", f"{self.package}=={self.version}"]
        run([sys.executable, "-P", "-m", "pip", "download", *PIP_OPTIONS, *wanted], scratch, limits)
        extract(delivered(scratch, "*.whl"), files, target, limits.bytes, self.folder)

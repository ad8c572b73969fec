"""Files that the system already has, for example from an installed Debian package."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import copy
from academy.assets.errors import SourceFailed
from academy.assets.sources.base import File, Limits


@dataclass(frozen=True)
class SystemPath:
    """A folder of the system."""

    folder: str
    suffix: str = ""
    """Behind each file's path in the folder; ``.gz`` is unpacked."""

    needs_network: ClassVar[bool] = False
    is_packaged: ClassVar[bool] = True

    def describe(self) -> str:
        """Name the folder."""
        return f"folder {self.folder}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Copy the files."""
        for file in files:
            place = Path(self.folder, file.path + self.suffix)
            if not place.is_file():
                raise SourceFailed(f"{place} does not exist")
            if not os.access(place, os.R_OK):
                raise SourceFailed(f"{place} may not be read")
            copy(place, target / file.path, file.bytes, compressed=self.suffix == ".gz")

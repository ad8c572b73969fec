"""A package of the Debian (or Ubuntu) index that the user's machine is set up with."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import extract
from academy.assets.errors import SourceFailed
from academy.assets.sources.base import File, Limits
from academy.assets.sources.process import delivered, run

PACKAGE_LISTS = 1 << 30
"""Bytes that the lists of all packages may have, unpacked and indexed."""


@dataclass(frozen=True)
class DebianPackage:
    """A Debian package; it is unpacked without root, never installed."""

    package: str
    folder: str
    """Where the package keeps the files, without the leading slash."""
    suffix: str = ""

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = True

    def describe(self) -> str:
        """Name the package."""
        return f"Debian {self.package}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Let apt fetch the package, with package lists of its own where the system has none."""
        options = ["-o", "Acquire::Retries=1", "-o", "Debug::NoLocking=1"]
        with contextlib.suppress(SourceFailed):
            run(["apt-get", *options, "download", self.package], scratch, limits)
        if not list(scratch.glob("*.deb")):
            options += own_state(scratch)
            run(["apt-get", *options, "update"], scratch, replace(limits, bytes=PACKAGE_LISTS))
            run(["apt-get", *options, "download", self.package], scratch, limits)
        content = scratch / "content.tar"
        package = delivered(scratch, "*.deb")
        run(["dpkg-deb", "--fsys-tarfile", package.name], scratch, limits, output=content)
        extract(content, files, target, limits.bytes, self.folder, self.suffix)


def own_state(scratch: Path) -> list[str]:
    """Let apt keep its package lists in a folder that needs no root."""
    for folder in ("lists/partial", "archives/partial"):
        (scratch / folder).mkdir(parents=True)
    return ["-o", f"Dir::State::Lists={scratch / 'lists'}", "-o", f"Dir::Cache={scratch}"]

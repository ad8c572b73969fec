"""A source distribution from the Python index that the user's machine is set up with.

``pip download`` runs a source distribution's build script to learn its version, which must not happen
here. So pip is asked only for what comes before: to find the file on the user's index, and to read it
with the user's settings. There is no public interface for that. Should pip change, this source fails
before anything of the package is opened; it cannot fall back to running it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import BLOCK, extract
from academy.assets.sources.base import File, Limits
from academy.assets.sources.process import delivered, run_apart
from academy.assets.sources.wheel import PIP_OPTIONS

ARRIVED = "source.tar.gz"


@dataclass(frozen=True)
class SourceDistribution:
    """One version of a Python package as a source distribution; none of its code runs."""

    package: str
    version: str
    folder: str
    """Path in the archive in front of each file's path."""
    within: str = ""
    """Member that is itself the archive which holds the files."""

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = True

    def describe(self) -> str:
        """Name package and version."""
        return f"pip {self.package}=={self.version} (source distribution)"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Let pip's finder and connection fetch the archive, and take the files out of it."""
        run_apart(find_and_read, [self.package, self.version, ARRIVED], scratch, limits)
        arrived = delivered(scratch, ARRIVED)
        extract(arrived, files, target, limits.bytes, self.folder, within=self.within)


def find_and_read(package: str, version: str, arrived: str) -> None:
    """Find a source distribution with pip and write it to a file, unopened."""
    from pip._internal.commands.download import DownloadCommand
    from pip._vendor.packaging.specifiers import SpecifierSet

    command = DownloadCommand("download", "Find a package.")
    options, _ = command.parse_args([*PIP_OPTIONS, "--no-deps", "--no-binary=:all:"])
    with command.main_context():
        session = command.get_default_session(options)
        finder = command._build_package_finder(options, session)
        best = finder.find_best_candidate(package, SpecifierSet(f"=={version}")).best_candidate
        if best is None:
            raise LookupError(f"the index has no source distribution of {package}=={version}")
        answer = session.get(
            best.link.url_without_fragment, headers={"Accept-Encoding": "identity"}, stream=True
        )
        answer.raise_for_status()
        with Path(arrived).open("wb") as archive:
            archive.writelines(answer.iter_content(BLOCK))

"""Plain web addresses, with mirrors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from academy.assets.archives import copy, extract
from academy.assets.errors import SourceFailed
from academy.assets.sources.base import File, Limits
from academy.assets.sources.process import delivered, run_apart

ARRIVED = "arrived"
SILENCE = 15
"""Seconds without a byte after which a server counts as dead."""


@dataclass(frozen=True)
class WebAddresses:
    """An address, or several that hold the same files.

    An address with a slash at its end is a folder of loose files; any other is one archive.
    """

    addresses: tuple[str, ...]
    folder: str = ""
    """Path in the archive in front of each file's path."""
    suffix: str = ""
    """Behind each file's path; ``.gz`` is unpacked."""

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = False

    def describe(self) -> str:
        """Name the hosts."""
        return "web " + ", ".join(urlsplit(address).netloc for address in self.addresses)

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Ask each address in turn until one has delivered every file."""
        failures = []
        for address in self.addresses:
            try:
                return self.fetch_from(address, files, target, scratch, limits)
            except SourceFailed as failure:
                failures.append(f"{address}: {failure}")
        raise SourceFailed("; ".join(failures))

    def fetch_from(
        self, address: str, files: Sequence[File], target: Path, scratch: Path, limits: Limits
    ) -> None:
        """Fetch every file from one address."""
        if not address.endswith("/"):
            arrived = download(address, scratch, limits)
            return extract(arrived, files, target, limits.bytes, self.folder, self.suffix)
        for file in files:
            arrived = download(address + file.path + self.suffix, scratch, limits.for_loose(file))
            copy(arrived, target / file.path, file.bytes, compressed=self.suffix == ".gz")
        return None


def download(address: str, scratch: Path, limits: Limits) -> Path:
    """Let pooch fetch one address in a process that its limits can stop."""
    (scratch / ARRIVED).unlink(missing_ok=True)
    run_apart(retrieve, [address, ARRIVED], scratch, limits)
    return delivered(scratch, ARRIVED)


def retrieve(address: str, name: str) -> None:
    """Fetch an address into the working folder with pooch, once more where the first try fails."""
    import pooch

    pooch.get_logger().disabled = True
    shelf = pooch.create(".", "", registry={name: None}, urls={name: address}, retry_if_failed=1)
    shelf.fetch(name, downloader=pooch.HTTPDownloader(timeout=SILENCE))

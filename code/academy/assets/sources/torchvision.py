"""A data set that torchvision knows how to fetch."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import store
from academy.assets.sources.base import Deadline, File
from academy.assets.sources.process import run


@dataclass(frozen=True)
class TorchvisionDataset:
    """A class of ``torchvision.datasets`` that keeps its files in ``NAME/raw``."""

    dataset: str

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = False

    def describe(self) -> str:
        """Name the class."""
        return f"torchvision.datasets.{self.dataset}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, deadline: Deadline) -> None:
        """Let torchvision fetch and unpack the files, and copy them."""
        run([sys.executable, "-P", "-m", __name__, self.dataset, str(scratch)], scratch, deadline)
        for file in files:
            store((scratch / self.dataset / "raw" / file.path).open("rb"), target / file.path, file.bytes)


def main(dataset: str, root: str) -> None:
    """Fetch a data set with torchvision."""
    from torchvision import datasets

    getattr(datasets, dataset)(root, download=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as error:
        sys.exit(f"error: {error}")

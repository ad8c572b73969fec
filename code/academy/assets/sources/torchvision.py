"""A data set that torchvision knows how to fetch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.archives import copy
from academy.assets.sources.base import File, Limits
from academy.assets.sources.process import delivered, run_apart


@dataclass(frozen=True)
class TorchvisionDataset:
    """A class of ``torchvision.datasets`` that keeps its files in ``NAME/raw``."""

    dataset: str

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = False

    def describe(self) -> str:
        """Name the class."""
        return f"torchvision.datasets.{self.dataset}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Let torchvision fetch and unpack the files, and copy them."""
        run_apart(retrieve, [self.dataset], scratch, limits)
        for file in files:
            arrived = delivered(scratch, f"{self.dataset}/raw/{file.path}")
            copy(arrived, target / file.path, file.bytes)


def retrieve(dataset: str) -> None:
    """Fetch a data set into the working folder with torchvision."""
    from torchvision import datasets

    getattr(datasets, dataset)(".", download=True)

"""A repository of the Hugging Face hub."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from academy.assets.sources.base import File, Limits
from academy.assets.sources.process import delivered, run_apart


@dataclass(frozen=True)
class HubRepository:
    """One revision of a model repository."""

    repository: str
    revision: str

    needs_network: ClassVar[bool] = True
    is_packaged: ClassVar[bool] = False

    def describe(self) -> str:
        """Name repository and revision."""
        return f"Hugging Face {self.repository}@{self.revision[:7]}"

    def fetch(self, files: Sequence[File], target: Path, scratch: Path, limits: Limits) -> None:
        """Let the hub's client fetch the files."""
        paths = [file.path for file in files]
        run_apart(retrieve, [self.repository, self.revision, *paths], scratch, limits.for_loose(*files))
        for path in paths:
            place = target / path
            place.parent.mkdir(parents=True, exist_ok=True)
            delivered(scratch, path).replace(place)


def retrieve(repository: str, revision: str, *paths: str) -> None:
    """Fetch files of a repository into the working folder."""
    from huggingface_hub import hf_hub_download

    for path in paths:
        hf_hub_download(repository, path, revision=revision, local_dir=".")

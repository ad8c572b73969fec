"""What the page asks: the pictures most similar to one, and how well each backbone finds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image


@dataclass(frozen=True)
class Found:
    """A picture of the reference set, and how similar it is."""

    place: int
    """Its place in the reference set, by which its own neighbors are asked for."""
    score: float
    """Cosine similarity, from −1 to 1."""
    name: str
    label: str | None
    picture: Image.Image
    """A small copy in RGB."""


@dataclass(frozen=True)
class Quality:
    """How well a backbone finds pictures of the same kind; each share is a mean over queries, from 0 to 1."""

    backbone: str
    precision: float
    """Share of the k found that are of the query's kind."""
    recall: float
    """Share of all pictures of the query's kind that are among the k found."""
    accuracy: float
    """Share of queries whose kind the k found vote for."""
    count: int
    """Queries."""
    k: int


class Engine:
    """A reference set with the features of each backbone, held in memory; many threads may ask at once."""

    titles: Mapping[str, str]
    """What a person reads for the name of a backbone."""
    count: int
    """Pictures that can be found."""
    description: str
    """As in "6,244 emoji in four drawing styles"."""
    skipped: Sequence[str]
    """A sentence for each file that could not be read."""

    def similar(self, picture: Image.Image, backbone: str, k: int) -> list[Found]:
        """Find the k pictures most similar to a picture, the most similar first.

        Raises:
            ValueError: If there is no such backbone, or k is below 1.
        """
        raise NotImplementedError

    def similar_to(self, place: int, backbone: str, k: int) -> list[Found]:
        """Find the k pictures most similar to one of the set, without that one.

        Raises:
            ValueError: If there is no such backbone or place, or k is below 1.
        """
        raise NotImplementedError

    def quality(self) -> list[Quality]:
        """Measure each backbone on the twelve kinds of emoji.

        Raises:
            AssetError: If the emoji cannot be had.
        """
        raise NotImplementedError


def open_engine(folder: Path | None, backbones: Sequence[str], progress: bool = True) -> Engine:
    """Open a reference set; what has not been indexed yet is indexed now.

    Args:
        folder: Pictures of the reader's own; all emoji in four styles when None.
        backbones: Names out of ``BACKBONES``.
        progress: Whether a bar is shown while pictures are indexed.

    Raises:
        NoReferences: If the folder is not there, may not be read, or holds no picture; a ValueError.
        ValueError: If there is no such backbone.
        AssetError: If weights or emoji cannot be had, or the cache folder cannot be written.
    """
    raise NotImplementedError

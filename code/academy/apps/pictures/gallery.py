"""A reference set that is shown: what is in it, and each picture as something that was found."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from PIL import Image

from academy.apps.pictures.index import Index
from academy.apps.pictures.search import Hit, nearest
from academy.data.reading import read_picture


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


class Gallery:
    """A reference set in memory; many threads may ask at once.

    Args:
        index: What was made of each picture of the set.
        what: What the pictures are, as in "emoji in four drawing styles".
        credits: Who drew the pictures, and under which licenses.
    """

    def __init__(self, index: Index, what: str, credits: str = "") -> None:
        self.index = index
        self.count = len(index.references)
        """Pictures that can be found."""
        self.description = f"{self.count:,} {what}"
        """As in "6,244 emoji in four drawing styles"."""
        self.credits = credits
        """Who drew the pictures, and under which licenses; empty for a reader's own."""
        self.skipped: Sequence[str] = index.skipped
        """A sentence for each file or folder that could not be read."""

    def found(self, hit: Hit) -> Found:
        """Say what a hit is, and show it."""
        reference = self.index.references[hit.place]
        small = read_picture(self.index.copies[hit.place], reference.name)
        return Found(hit.place, hit.score, reference.name, reference.label, small)

    def all_found(self, hits: Sequence[Hit]) -> list[Found]:
        """Say what all hits are."""
        return [self.found(hit) for hit in hits]

    def beside(self, place: int, features: torch.Tensor, k: int) -> list[Found]:
        """Find the k pictures most similar to one of the set, without that one.

        Args:
            place: Of the picture.
            features: Of the set, shape (count, width), float32, each of length 1 or 0.
            k: How many; fewer where there are no more.

        Raises:
            ValueError: If there is no such place, or k is below 1.
        """
        if not 0 <= place < self.count:
            raise ValueError(f"There is no picture {place}; they are counted from 0 to {self.count - 1}.")
        return self.all_found(nearest(features, features[place], k, without=place))

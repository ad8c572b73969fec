"""What the page asks: the pictures most similar to one, and how well each backbone finds them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import torch
from PIL import Image

from academy.apps.pictures.gallery import Found, Gallery
from academy.apps.pictures.index import Index, indexed
from academy.apps.pictures.references import (
    EMOJI_SIDE,
    emoji_references,
    folder_references,
    kind_references,
)
from academy.apps.pictures.search import nearest
from academy.apps.similar.backbones import Backbone, load_backbones
from academy.apps.similar.quality import Quality, emoji_quality

__all__ = ["Engine", "Found", "Quality", "open_engine"]


class Engine(Gallery):
    """A reference set with the features of each backbone, held in memory; many threads may ask at once.

    Args:
        index: What was made of each picture of the set.
        backbones: Those that gave the features, by name.
        what: What the pictures are, as in "emoji in four drawing styles".
        kinds: Gives an index in which the emoji of the twelve kinds are.
        credits: Who drew the pictures, and under which licenses.
    """

    def __init__(
        self,
        index: Index,
        backbones: Mapping[str, Backbone],
        what: str,
        kinds: Callable[[], Index],
        credits: str = "",
    ) -> None:
        super().__init__(index, what, credits)
        self.backbones, self.kinds = backbones, kinds
        self.titles: Mapping[str, str] = {name: each.title for name, each in backbones.items()}
        """What a person reads for the name of a backbone."""

    def similar(self, picture: Image.Image, backbone: str, k: int) -> list[Found]:
        """Find the k pictures most similar to a picture, the most similar first.

        Args:
            picture: In RGB, upright, as ``read_picture`` gives it.
            backbone: Its name.
            k: How many; fewer where there are no more.

        Raises:
            ValueError: If there is no such backbone, or k is below 1.
        """
        features = self.features(backbone)
        asked = self.backbones[backbone]
        (query,) = asked.features([asked.prepare(picture)])
        return self.all_found(nearest(features, query, k))

    def similar_to(self, place: int, backbone: str, k: int) -> list[Found]:
        """Find the k pictures most similar to one of the set, without that one.

        Raises:
            ValueError: If there is no such backbone or place, or k is below 1.
        """
        return self.beside(place, self.features(backbone), k)

    def quality(self) -> list[Quality]:
        """Measure each backbone on the twelve kinds of emoji, whatever the reference set is; once.

        Raises:
            AssetError: If the emoji cannot be had, or what is made of them not be kept.
        """
        return self._quality

    @cached_property
    def _quality(self) -> list[Quality]:
        return emoji_quality(self.kinds())

    def features(self, backbone: str) -> torch.Tensor:
        """Look up what a backbone made of the set.

        Raises:
            ValueError: If there is no such backbone.
        """
        if backbone not in self.index.features:
            known = ", ".join(self.index.features)
            raise ValueError(f"There is no backbone “{backbone}” here. Choose one of these: {known}.")
        return self.index.features[backbone]


def open_engine(folder: Path | None, backbones: Sequence[str], progress: bool = True) -> Engine:
    """Open a reference set; what has not been indexed yet is indexed now.

    Args:
        folder: Pictures of the reader's own; all emoji in four styles when None.
        backbones: Names out of ``BACKBONES``.
        progress: Whether a bar is shown while pictures are indexed.

    Raises:
        NoPictures: If the folder is not there, may not be read, or holds no picture that can be read.
        ValueError: If there is no such backbone.
        AssetError: If weights or emoji cannot be had, or the cache folder cannot be written.
    """
    references = emoji_references() if folder is None else folder_references(folder)
    loaded = load_backbones(backbones, references.side)
    index = indexed(references, loaded, progress)

    def kinds() -> Index:
        if folder is None:
            return index
        return indexed(kind_references(), load_backbones(backbones, EMOJI_SIDE), progress)

    return Engine(index, loaded, references.what, kinds, references.credits)

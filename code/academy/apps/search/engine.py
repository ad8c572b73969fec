"""What the page asks: the pictures nearest to a query, a set in classes, and how good the towers are."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import torch

from academy.apps.pictures.gallery import Found, Gallery
from academy.apps.pictures.index import Index, indexed
from academy.apps.pictures.references import (
    EMOJI_SIDE,
    Reference,
    References,
    emoji_references,
    folder_references,
)
from academy.apps.pictures.search import nearest
from academy.apps.search.model import Model
from academy.apps.search.quality import Quality, concepts, measured

NAME = "towers"
"""What the index calls the one encoder that there is."""


class Engine(Gallery):
    """A reference set with its features, held in memory; many threads may ask at once.

    Args:
        index: What was made of each picture of the set.
        features: Of the pictures, shape (count, width), float32, of length 1.
        model: The towers that they are of.
        what: What the pictures are, as in "emoji in four drawing styles".
        concept_vectors: Gives the features of the drawings in ``concepts``, a style each.
        credits: Who drew the pictures, and under which licenses.
    """

    def __init__(
        self,
        index: Index,
        features: torch.Tensor,
        model: Model,
        what: str,
        concept_vectors: Callable[[], Sequence[torch.Tensor]],
        credits: str = "",
    ) -> None:
        super().__init__(index, what, credits)
        self.features, self.model, self.concept_vectors = features, model, concept_vectors

    def nearest(self, query: torch.Tensor, k: int) -> list[Found]:
        """Find the k pictures nearest to a vector, the nearest first.

        Args:
            query: Shape (width,), float32, of length 1.
            k: How many; fewer where there are no more.

        Raises:
            ValueError: If k is below 1.
        """
        return self.all_found(nearest(self.features, query, k))

    def neighbors(self, place: int, k: int) -> list[Found]:
        """Find the k pictures most similar to one of the set, without that one.

        Raises:
            ValueError: If there is no such place, or k is below 1.
        """
        return self.beside(place, self.features, k)

    @cached_property
    def files(self) -> list[str]:
        """What a table calls each picture."""
        return [each.full_name for each in self.index.references]

    @cached_property
    def quality(self) -> list[Quality]:
        """How well names find emoji, whatever the reference set is.

        Raises:
            AssetError: If the emoji cannot be had, or what is made of them not be kept.
        """
        return measured(self.model, self.concept_vectors())


def open_engine(folder: Path | None, load: Callable[[], Model], progress: bool = True) -> Engine:
    """Open a reference set; what has not been indexed yet is indexed now.

    Args:
        folder: Pictures of the reader's own; all emoji in four styles when None.
        load: Loads the towers, once the folder is known to have pictures.
        progress: Whether a bar is shown while pictures are indexed.

    Raises:
        NoPictures: If the folder is not there, may not be read, or holds no picture that can be read.
        AssetError: If weights or emoji cannot be had, or the cache folder cannot be written.
    """
    references = emoji_references() if folder is None else folder_references(folder)
    model = load()
    comes_along = folder is None and model.kept(references.items) is not None
    index = indexed(references, {} if comes_along else {NAME: model}, progress)
    features = vectors_of(index.references, model, index)

    def concept_vectors() -> list[torch.Tensor]:
        drawings, made = concepts(), index
        everything = [each for style in drawings for each in style]
        if folder is not None and model.kept(everything) is None:
            shown = References(everything, "concepts", EMOJI_SIDE, "emoji-concepts")
            made = indexed(shown, {NAME: model}, progress)
        return [vectors_of(style, model, made) for style in drawings]

    return Engine(index, features, model, references.what, concept_vectors, references.credits)


def vectors_of(references: Sequence[Reference], model: Model, index: Index) -> torch.Tensor:
    """Give the vectors of pictures: those that came along, or else those of an index, (count, width)."""
    if (kept := model.kept(references)) is not None:
        return kept
    places = {each.key: place for place, each in enumerate(index.references)}
    return index.features[NAME][[places[each.key] for each in references]]

"""The two towers that Lesson 8 trained on emoji: they come along with the package."""

from collections.abc import Sequence
from functools import cached_property

import torch
from PIL import Image
from torch import nn

from academy.apps.pictures.references import Drawing, Reference
from academy.apps.pictures.squares import middle_square
from academy.data.emoji import STYLES, all_emoji
from academy.lessons.lesson8.concepts import SEEN_STYLES, TEST, concept_split
from academy.lessons.lesson8.pair_vectors import SIDE, Basis, all_vectors, basis, places, projected
from academy.lessons.lesson8.shipped import clip
from academy.nets import minilm
from academy.nets.features import network_key
from academy.nets.pretrained import image_backbone


class PictureTower(nn.Module):
    """From pixels to the common space: a frozen backbone, its numbers cut down, and the trained tower.

    Args:
        tower: From 256 numbers to the common space.
    """

    mean: torch.Tensor
    directions: torch.Tensor
    size: torch.Tensor

    def __init__(self, tower: nn.Module) -> None:
        super().__init__()
        self.backbone, self.tower = image_backbone(SIDE), tower
        for name, numbers in basis()._asdict().items():
            self.register_buffer(name, numbers)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Turn images of shape (batch, 3, side, side), uint8, into unit vectors, shape (batch, 384)."""
        numbers = projected(self.backbone(images), Basis(self.mean, self.directions, self.size))
        vectors: torch.Tensor = self.tower(numbers)
        return vectors


class EmojiModel:
    """The towers of Lesson 8, ready for pictures and words.

    Raises:
        AssetUnavailable: If the weights of the backbone or of the sentence encoder cannot be had.
    """

    title = "Two towers, trained on emoji in Lesson 8"
    about_pictures = "They saw emoji and no photo; a model of OpenCLIP knows photos far better."
    about_words = (
        "The words are read by a sentence encoder for English that saw no picture; training left it as it "
        "was. So templates matter less than to a model whose texts learned beside pictures."
    )

    def __init__(self) -> None:
        self.towers = clip()
        self.network = PictureTower(self.towers.pictures).eval()
        self.scale = self.towers.scale.item()
        minilm.minilm()  # so that what is missing is told now, and not to who searches

    @cached_property
    def about_training(self) -> str:
        """Say how many emoji were trained on."""
        trained, everything = len(concept_split().train), len(all_emoji())
        return (
            f"Most emoji were trained on: {trained:,} of {everything:,}, in {len(SEEN_STYLES)} of the "
            f"{len(STYLES)} styles. To find these again is easier. The {TEST} things asked for here were "
            "kept apart, with all their variants."
        )

    @cached_property
    def key(self) -> str:
        """Name what its features depend on: weights, layers and the size of pictures."""
        return f"towers-{SIDE}-{network_key(self.network)[:16]}"

    def prepare(self, picture: Image.Image) -> torch.Tensor:
        """Cut the middle square out of a picture, shape (3, 224, 224), uint8."""
        return middle_square(picture, SIDE)

    def features(self, prepared: Sequence[torch.Tensor]) -> torch.Tensor:
        """Turn prepared pictures into unit vectors, shape (count, 384)."""
        with torch.inference_mode():
            vectors: torch.Tensor = self.network(torch.stack([*prepared]))
        return vectors

    def reads(self, text: str) -> bool:
        """Tell whether a text has a word piece that the sentence encoder knows, other than a mark."""
        marks = set(minilm.tokenizer().all_special_tokens)
        known = (piece for piece in minilm.pieces_of(text) if piece not in marks)
        return any(character.isalnum() for piece in known for character in piece)

    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        """Turn texts into unit vectors, shape (count, 384)."""
        with torch.inference_mode():
            vectors: torch.Tensor = self.towers.texts(minilm.features(texts))
        return vectors

    def kept(self, references: Sequence[Reference]) -> torch.Tensor | None:
        """Put what the backbone once said of emoji through the tower; None where a picture is no emoji."""
        drawings = [each for each in references if isinstance(each, Drawing)]
        if len(drawings) < len(references):
            return None
        numbers = torch.stack([all_vectors()[each.style][places()[each.emoji.name]] for each in drawings])
        with torch.inference_mode():
            vectors: torch.Tensor = self.towers.pictures(numbers)
        return vectors

"""What the app asks of two towers, whoever trained them."""

from collections.abc import Sequence
from typing import Protocol

import torch

from academy.apps.pictures.index import PictureEncoder
from academy.apps.pictures.references import Reference


class Model(PictureEncoder, Protocol):
    """Two towers that put pictures and texts into one space."""

    @property
    def title(self) -> str:
        """What a person reads."""

    @property
    def about_pictures(self) -> str:
        """Which pictures it knows."""

    @property
    def about_words(self) -> str:
        """What reads the words, and what that means for templates."""

    @property
    def about_training(self) -> str:
        """Which of the emoji were trained on."""

    @property
    def scale(self) -> float:
        """What cosines are multiplied by before a softmax."""

    def reads(self, text: str) -> bool:
        """Tell whether anything of a text means something to the tower of the texts."""

    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        """Turn texts into unit vectors, shape (count, width), float32."""

    def kept(self, references: Sequence[Reference]) -> torch.Tensor | None:
        """Give vectors that came along, shape (count, width), float32; None where some did not."""

"""The chapter's two towers as one asks a CLIP: an encoder for pictures, one for texts, and a scale."""

from collections.abc import Sequence

import torch
from torch import nn

from academy.lessons.lesson8.contrastive import text_features
from academy.lessons.lesson8.dual_encoder import Locked, Tower
from academy.lessons.lesson8.kind_towers import kind_towers


def listed(texts: Sequence[str]) -> list[str]:
    """Make a list of texts.

    Raises:
        TypeError: If it is one text, which would be read letter by letter.
    """
    if isinstance(texts, str):
        raise TypeError(
            f"`encode_text` takes a list of texts, and got one text, {texts[:30]!r}: put it into [ ]."
        )
    return list(texts)


class Encoders(nn.Module):
    """Towers that have seen none of the drawings to choose or to judge by; vectors have any length."""

    def __init__(self) -> None:
        super().__init__()
        self.towers = kind_towers()

    @property
    def scale(self) -> float:
        """What cosines are multiplied by: 1 divided by the temperature that the towers have learned."""
        return self.towers.scale.item()

    @torch.no_grad()
    def encode_image(self, numbers: torch.Tensor) -> torch.Tensor:
        """Turn what the frozen backbone says of pictures, shape (count, 256), into vectors, (count, 384)."""
        tower = self.towers.pictures
        assert isinstance(tower, Tower)
        assert tower.bent is not None
        vectors: torch.Tensor = tower.straight(numbers) + tower.bent(numbers)
        return vectors

    @torch.no_grad()
    def encode_text(self, texts: Sequence[str]) -> torch.Tensor:
        """Turn a list of texts into vectors, shape (count, 384), float32."""
        tower = self.towers.texts
        assert isinstance(tower, Locked)
        return text_features(tuple(listed(texts))) - tower.mean

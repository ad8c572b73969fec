"""Diffusion of small emoji: a denoiser of their codes, which reads the name as MiniLM does."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

import torch

from academy.lessons.lesson8.denoiser_weights import keep_half, kept
from academy.lessons.lesson8.denoising_nets import DenoisingNet
from academy.lessons.lesson8.generating import generated
from academy.lessons.lesson8.small_pictures import COMPONENTS, PictureCode, name_vectors
from academy.nets import minilm

NAME = "emoji_denoiser"


@dataclass(frozen=True)
class EmojiPainter:
    """Paints small emoji from names."""

    network: DenoisingNet
    code: PictureCode

    def paint(self, vectors: torch.Tensor, noise: torch.Tensor, weight: float) -> torch.Tensor:
        """Turn noise into pictures.

        Args:
            vectors: Of the names, shape (count, ``minilm.WIDTH``).
            noise: Shape (count, ``COMPONENTS``).
            weight: Of the guidance.

        Returns:
            Shape (count, 3, SIDE, SIDE), from 0 to 1.
        """
        return self.code.decode(generated(self.network, noise, vectors, weight)[-1])

    def pictures(self, names: Sequence[str], weight: float, seed: int = 0) -> torch.Tensor:
        """Paint one picture for each name, from noise that the seed draws."""
        return self.paint(name_vectors(names), drawn_noise(len(names), seed), weight)


def drawn_noise(count: int, seed: int) -> torch.Tensor:
    """Draw noise for so many pictures, shape (count, COMPONENTS)."""
    return torch.randn(count, COMPONENTS, generator=torch.Generator().manual_seed(seed))


def emoji_net() -> DenoisingNet:
    """Build an untrained denoiser for codes of emoji: 445,568 parameters."""
    return DenoisingNet(size=COMPONENTS, condition_width=minilm.WIDTH, width=256, blocks=2)


def keep_painter(painter: EmojiPainter) -> None:
    """Write the weights and the code of pictures."""
    keep_half(painter.network.state_dict() | asdict(painter.code), NAME)


@cache
def emoji_painter() -> EmojiPainter:
    """Load what ``train_emoji_denoiser.py`` trained, frozen; everybody gets the same one."""
    tensors = kept(NAME)
    code = PictureCode(tensors.pop("mean"), tensors.pop("directions"))
    network = emoji_net()
    network.load_state_dict(tensors)
    return EmojiPainter(network.eval().requires_grad_(False), code)

"""Both encoders of the towers that search, each as one net from what a page has to a unit vector."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.pair_vectors import SIDE, Basis, basis, projected
from academy.nets import minilm
from academy.nets.pretrained import image_backbone


class TextEncoder(nn.Module):
    """From the numbers of word pieces to the common space: MiniLM, and the tower of the texts.

    It does what MiniLM does with texts that are equally long, so that nothing is padding.

    Args:
        tower: From MiniLM's 384 numbers to the common space.
    """

    places: torch.Tensor

    def __init__(self, tower: nn.Module) -> None:
        super().__init__()
        network = minilm.minilm()
        self.words, self.norm = network.embeddings.word_embeddings, network.embeddings.LayerNorm
        places = network.embeddings.position_embeddings.weight[: minilm.LONGEST]
        first_kind = network.embeddings.token_type_embeddings.weight[0]  # a text alone is of the first kind
        self.register_buffer("places", (places + first_kind).detach())
        self.layers, self.tower = network.encoder.layer, tower

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        """Turn texts of equally many pieces into unit vectors.

        Args:
            pieces: Shape (texts, pieces), float32, whole numbers: the place of each in the vocabulary, with
                the marks around the text.

        Returns:
            Shape (texts, 384), float32.
        """
        states = self.norm(self.words(pieces.long()) + self.places[: pieces.shape[1]])  # (texts, pieces, 384)
        for layer in self.layers:
            states = one_layer(layer, states)
        vectors: torch.Tensor = self.tower(states.mean(dim=1))
        return vectors


def one_layer(layer: Any, states: torch.Tensor) -> torch.Tensor:
    """Let every piece look at all of them, then think alone: one layer of MiniLM, shape as given."""
    looking = layer.attention.self

    def per_head(made: torch.Tensor) -> torch.Tensor:
        heads: torch.Tensor = made.unflatten(2, (minilm.HEADS, -1)).transpose(1, 2)
        return heads  # (texts, heads, pieces, 32)

    queries, keys, values = (per_head(part(states)) for part in (looking.query, looking.key, looking.value))
    weights = (queries @ keys.transpose(2, 3) / keys.shape[-1] ** 0.5).softmax(dim=-1)
    seen = (weights @ values).transpose(1, 2).flatten(2)  # (texts, pieces, 384)
    ended = layer.attention.output
    states = ended.LayerNorm(ended.dense(seen) + states)
    thought = layer.output.dense(F.gelu(layer.intermediate.dense(states)))
    following: torch.Tensor = layer.output.LayerNorm(thought + states)
    return following


class PictureEncoder(nn.Module):
    """From pixels to the common space: the frozen backbone, its numbers cut down, and the pictures' tower.

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
        """Turn images of shape (batch, 3, 224, 224), from 0 to 1, into unit vectors, shape (batch, 384)."""
        numbers = projected(self.backbone(images), Basis(self.mean, self.directions, self.size))
        vectors: torch.Tensor = self.tower(numbers)
        return vectors


def text_encoder(towers: DualEncoder) -> TextEncoder:
    """Make the net of the texts, in evaluation mode."""
    return TextEncoder(towers.texts).eval()


def picture_encoder(towers: DualEncoder) -> PictureEncoder:
    """Make the net of the pictures, in evaluation mode."""
    return PictureEncoder(towers.pictures).eval()

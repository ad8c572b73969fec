"""Gradients in a deep stack of layers, before any training, by where vectors are normalized."""

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.seeds import seed_everything
from academy.nets.transformer import EncoderLayer

DEPTH = 12
WIDTH = 64
TOKENS = 32
LENGTH = 20
COUNT = 16
"""Sequences in the one batch."""


def gradient_norms(norm_first: bool, seed: int) -> list[float]:
    """Measure the gradient of each layer at the start, for random tokens that are to be told again.

    Matrices begin as in the first transformers, by Glorot's (Xavier's) rule.

    Args:
        norm_first: Whether vectors are normalized before each part of a layer, or after it.
        seed: Of weights and tokens.

    Returns:
        The norm of the gradient of the second linear layer of each layer's net, from the first layer on.
    """
    seed_everything(seed)
    layers = [EncoderLayer(WIDTH, heads=4, hidden=4 * WIDTH, norm_first=norm_first) for _ in range(DEPTH)]
    ends = [nn.LayerNorm(WIDTH)] if norm_first else []
    model = nn.Sequential(nn.Embedding(TOKENS, WIDTH), *layers, *ends, nn.Linear(WIDTH, TOKENS))
    for parameter in model.parameters():
        if parameter.dim() == 2:
            nn.init.xavier_uniform_(parameter)
    tokens = torch.randint(TOKENS, (COUNT, LENGTH))
    F.cross_entropy(model(tokens).transpose(1, 2), tokens).backward()
    return [norm_of(layer.feed_forward.get_parameter("2.weight").grad) for layer in layers]


def norm_of(gradient: torch.Tensor | None) -> float:
    """Give the norm of a gradient, 0 where there is none."""
    return 0.0 if gradient is None else gradient.norm().item()

"""Positions: what tells attention, which sees a heap of vectors, where each of them stands."""

import torch

BASE = 10_000.0
"""The slowest pair of numbers takes about so many places for one radian."""


def angles(length: int, width: int, base: float = BASE) -> torch.Tensor:
    """Give the angle of each pair of numbers at each place: place · base^(−2 · pair / width).

    Args:
        length: Number of places.
        width: Numbers in a vector, an even number.
        base: How slow the slowest pair is.

    Returns:
        Radians, shape (length, width / 2), float64.

    Raises:
        ValueError: If the width is odd.

    Source: A. Vaswani and others, *Attention is all you need*, 2017, section 3.5.
    """
    if width % 2:
        raise ValueError(
            f"a vector of {width} numbers cannot be cut into pairs: choose {width - 1} or {width + 1}"
        )
    speeds = base ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
    return torch.arange(length, dtype=torch.float64)[:, None] * speeds


def sinusoidal(length: int, width: int) -> torch.Tensor:
    """Give a vector for each place, to be added: sine and cosine of each of its angles, in turn.

    Args:
        length: Number of places.
        width: Numbers in a vector, an even number.

    Returns:
        Shape (length, width), float32; its first row is 0, 1, 0, 1, ….

    Raises:
        ValueError: If the width is odd.

    Source: A. Vaswani and others, *Attention is all you need*, 2017, section 3.5.
    """
    turned = angles(length, width)
    return torch.stack([turned.sin(), turned.cos()], dim=-1).flatten(-2).float()


def rotary(vectors: torch.Tensor) -> torch.Tensor:
    """Turn each pair of numbers of a vector by the angle of its place.

    The dot product of two turned vectors depends on how far apart they stand, and not on where.

    Args:
        vectors: Queries or keys, shape (..., length, width), with an even width.

    Returns:
        Vectors of the same shape, type and lengths.

    Raises:
        ValueError: If the width is odd.

    Source: J. Su and others, *RoFormer: enhanced transformer with rotary position embedding*, 2021,
    arXiv:2104.09864.
    """
    turned = angles(*vectors.shape[-2:]).to(vectors.device)
    sine, cosine = turned.sin().to(vectors.dtype), turned.cos().to(vectors.dtype)
    first, second = vectors[..., 0::2], vectors[..., 1::2]
    pairs = torch.stack([first * cosine - second * sine, first * sine + second * cosine], dim=-1)
    return pairs.flatten(-2)

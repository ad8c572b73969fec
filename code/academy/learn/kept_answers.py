"""Which of many sentences a classifier was right on, as a short text for a table of results."""

import numpy as np
import torch


def packed(right: torch.Tensor) -> str:
    """Write answers of shape (count,), bool, as hexadecimal digits, four answers each."""
    return np.packbits(right.numpy()).tobytes().hex()


def unpacked(text: str, count: int) -> torch.Tensor:
    """Read what :func:`packed` wrote.

    Args:
        text: The digits.
        count: How many answers there are.

    Returns:
        Shape (count,), bool.
    """
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(text), np.uint8), count=count)
    return torch.from_numpy(bits.astype(bool))

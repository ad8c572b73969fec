"""What attention heads look at: the piece before, the piece after, a mark, or the same piece."""

from collections.abc import Sequence

import torch

from academy.lessons.lesson7.encoder import attention, pieces_of

LOOKS = ("itself", "the piece before", "the piece after", "[CLS]", "[SEP]")


def shares(weights: torch.Tensor) -> torch.Tensor:
    """Say which share of their attention the pieces of a text give to what ``LOOKS`` names.

    The two marks are looked at, but what they look at does not count.

    Args:
        weights: Shape (..., length, length): the last axis is looked at, and sums to 1.

    Returns:
        Shape (looks, ...), in the order of ``LOOKS``: means over the pieces.

    Raises:
        ValueError: If there is nothing between the marks.
    """
    length = weights.shape[-1]
    if length < 3:
        raise ValueError(f"{length} pieces, marks included: there is no word between them to look")
    looking = weights[..., 1:-1, :]  # (..., length - 2, length)
    return torch.stack(
        [
            *(
                looking.diagonal(offset=offset, dim1=-2, dim2=-1)[..., : length - 2].mean(dim=-1)
                for offset in (1, 0, 2)
            ),
            looking[..., 0].mean(dim=-1),
            looking[..., -1].mean(dim=-1),
        ]
    )


def head_shares(texts: Sequence[str]) -> torch.Tensor:
    """Average :func:`shares` of MiniLM's heads over texts.

    Returns:
        Shape (looks, ``LAYERS``, ``HEADS``), float32.
    """
    return torch.stack([shares(attention(text)) for text in texts]).mean(dim=0)


def even_shares(texts: Sequence[str]) -> torch.Tensor:
    """Average :func:`shares` of a head that looks at everything alike, shape (looks,), float32."""
    lengths = [len(pieces_of(text)) for text in texts]
    return torch.stack([shares(torch.full((length, length), 1 / length)) for length in lengths]).mean(dim=0)

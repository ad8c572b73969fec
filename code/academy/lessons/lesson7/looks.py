"""What attention heads look at: the piece before, the piece after, a mark, or the same piece."""

from collections.abc import Sequence

import torch

from academy.nets.minilm import HEADS, LAYERS, attention, pieces_of

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


def looks_of(text: str, piece: str, layer: int, head: int | None = None) -> list[tuple[str, float]]:
    """Say how much a word of a text looks at each piece, in one head of MiniLM.

    Args:
        text: As people write it.
        piece: One of its pieces, as :func:`~academy.nets.minilm.pieces_of` gives them, which
            stands in it once.
        layer: From 1 to ``LAYERS``.
        head: From 1 to ``HEADS``; if it is missing, the mean over all heads of the layer is taken.

    Returns:
        Each piece of the text, marks included, with its share; shares sum to 1.

    Raises:
        ValueError: If there is no such layer or head, or the piece does not stand in the text just once.
    """
    for name, number, most in (("layer", layer, LAYERS), ("head", head, HEADS)):
        if number is not None and not 1 <= number <= most:
            raise ValueError(f"there is no {name} {number}: choose one from 1 to {most}")
    pieces = pieces_of(text)
    if (times := pieces.count(piece)) != 1:
        raise ValueError(f"{piece!r} stands {times} times among {pieces}: choose one that stands there once")
    heads = attention(text)[layer - 1, :, pieces.index(piece)]  # (heads, length)
    weights = heads.mean(dim=0) if head is None else heads[head - 1]
    return list(zip(pieces, weights.tolist()))


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

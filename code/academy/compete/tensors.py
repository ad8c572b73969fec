"""Tensors of a hand-in: the header is judged by hand before anything makes a tensor of it."""

import json
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from academy.compete.refused import Refused

FILE = "model.safetensors"
LENGTH_BYTES = 8
LARGEST_HEADER = 100_000
PICKLES = (b"\x80", b"PK")
"""How a pickle and PyTorch's archive around one begin."""


def read_tensors(content: bytes) -> dict[str, torch.Tensor]:
    """Read float32 tensors in the safetensors format.

    Args:
        content: The whole file, its size already limited.

    Returns:
        Tensors by name, float32, finite.

    Raises:
        Refused: If it is another format, damaged, or holds anything but finite float32 numbers.
    """
    for name, entry in header_of(content).items():
        kind = entry.get("dtype") if isinstance(entry, dict) else None
        if name != "__metadata__" and kind != "F32":
            raise Refused(f"the tensor {name} in {FILE} is of type {kind}, not F32 (float32)")
    try:
        tensors: dict[str, torch.Tensor] = load(content)
    except (SafetensorError, ValueError, TypeError, OverflowError) as error:
        raise Refused(f"{FILE} cannot be read: {error}") from None
    for name, tensor in tensors.items():
        if not tensor.isfinite().all():
            raise Refused(f"the tensor {name} in {FILE} holds numbers that are not finite")
    return tensors


def header_of(content: bytes) -> dict[str, Any]:
    """Read the JSON header, once its length is known to be possible."""
    if content.startswith(PICKLES) and content[LENGTH_BYTES : LENGTH_BYTES + 1] != b"{":
        raise Refused(
            f"{FILE} looks like a pickle, as torch.save writes; that could run code and is not opened. "
            "academy.compete.pack writes the right format"
        )
    length = int.from_bytes(content[:LENGTH_BYTES], "little")
    most = min(LARGEST_HEADER, len(content) - LENGTH_BYTES)
    if len(content) < LENGTH_BYTES or length > most:
        raise Refused(f"the header of {FILE} claims {length:,} bytes; there is room for {max(most, 0):,}")
    try:
        text = content[LENGTH_BYTES : LENGTH_BYTES + length].decode("utf-8")
        header: object = json.loads(text, object_pairs_hook=without_repeats)
    except (ValueError, RecursionError) as error:
        raise Refused(f"the header of {FILE} cannot be read: {error}") from None
    if not isinstance(header, dict):
        raise Refused(f"the header of {FILE} is no table of tensors")
    return header


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a dictionary of JSON's pairs, refusing a name that occurs twice."""
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a name occurs twice")
    return table

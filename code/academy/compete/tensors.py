"""Tensors of a hand-in: the header is judged by hand before anything makes a tensor of it."""

import json
from collections.abc import Mapping
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from academy.compete.refused import Refused, a_few
from academy.foreign import cleaned

FILE = "model.safetensors"
LENGTH_BYTES = 8
LARGEST_HEADER = 100_000
LONGEST_MESSAGE = 200
"""Characters of another library's message."""
FLOATS = {"F32": "float32"}
PICKLES = (b"\x80", b"PK")
"""How a pickle and PyTorch's archive around one begin."""


def read_tensors(
    content: bytes, file: str = FILE, types: Mapping[str, str] = FLOATS
) -> dict[str, torch.Tensor]:
    """Read tensors in the safetensors format.

    Args:
        content: The whole file, its size already limited.
        file: Its name.
        types: Those that its numbers may have, as the format and as PyTorch calls them.

    Returns:
        Tensors by name, finite.

    Raises:
        Refused: If it is another format, damaged, or holds anything but finite numbers of these types.
    """
    asked = " or ".join(f"{kind} ({name})" for kind, name in types.items())
    for name, entry in header_of(content, file).items():
        kind = entry.get("dtype") if isinstance(entry, dict) else None
        if name != "__metadata__" and kind not in [*types]:  # a list, since the kind may be anything
            found = a_few([kind]) if isinstance(kind, str) else "none"
            raise Refused(f"the tensor {a_few([name])} in {file} is of type {found}, not {asked}")
    try:
        tensors: dict[str, torch.Tensor] = load(content)
        endless = [name for name, tensor in tensors.items() if not tensor.isfinite().all()]
    except (SafetensorError, ValueError, TypeError, OverflowError, RuntimeError) as error:
        raise Refused(f"{file} cannot be read: {first_line(error)}") from None
    if endless:
        raise Refused(f"the tensor {a_few(endless[:1])} in {file} holds numbers that are not finite")
    return tensors


def first_line(error: Exception) -> str:
    """Give the first line of another library's message."""
    return cleaned(str(error).partition("\n")[0], LONGEST_MESSAGE)


def hold_to_shapes(
    weights: Mapping[str, torch.Tensor], shapes: Mapping[str, tuple[int, ...]], who: str, file: str = FILE
) -> None:
    """Compare names and shapes of tensors with those that are asked for.

    Args:
        weights: As read.
        shapes: What is asked for.
        who: Asks, with the verb: "the widths ask".
        file: Holds the weights.

    Raises:
        Refused: If a tensor is missing, too many, or of another shape.
    """
    if missing := shapes.keys() - weights.keys():
        raise Refused(
            f"{file} lacks the tensor {min(missing)}, which {who} for; it holds {a_few(weights.keys())}"
        )
    if extra := weights.keys() - shapes.keys():
        raise Refused(f"{file} holds a tensor {a_few([min(extra)])}; {who} for no such tensor")
    for name, shape in shapes.items():
        if tuple(weights[name].shape) != shape:
            found = list(weights[name].shape)
            raise Refused(f"{name} has the shape {found}; {who} for {list(shape)}")


def header_of(content: bytes, file: str) -> dict[str, Any]:
    """Read the JSON header, once its length is known to be possible."""
    if content.startswith(PICKLES) and content[LENGTH_BYTES : LENGTH_BYTES + 1] != b"{":
        raise Refused(
            f"{file} looks like a pickle, as torch.save writes; that could run code and is not opened. "
            "safetensors.torch.save_file writes the right format"
        )
    length = int.from_bytes(content[:LENGTH_BYTES], "little")
    most = min(LARGEST_HEADER, len(content) - LENGTH_BYTES)
    if len(content) < LENGTH_BYTES or length > most:
        raise Refused(f"the header of {file} claims {length:,} bytes; there is room for {max(most, 0):,}")
    try:
        text = content[LENGTH_BYTES : LENGTH_BYTES + length].decode("utf-8")
        header: object = json.loads(text, object_pairs_hook=without_repeats)
    except (ValueError, RecursionError) as error:
        raise Refused(f"the header of {file} cannot be read: {error}") from None
    if not isinstance(header, dict):
        raise Refused(f"the header of {file} is no table of tensors")
    return header


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a dictionary of JSON's pairs, refusing a name that occurs twice."""
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a name occurs twice")
    return table

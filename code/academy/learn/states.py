"""States of trainings as files: tensors in the safetensors format, and around them JSON, never code."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file


def save_state(path: Path, state: Any) -> None:
    """Write a state.

    Args:
        path: The file; its folder exists.
        state: Tensors, numbers, texts and None, in lists, tuples and dictionaries.

    Raises:
        TypeError: If there is anything else in it.
    """
    tensors: dict[str, torch.Tensor] = {}
    structure = json.dumps(taken_apart(state, tensors))
    save_file(tensors, path, metadata={"structure": structure})


def load_state(path: Path) -> Any:
    """Read a state; all tensors are on the processor.

    Raises:
        OSError: If the file cannot be read.
        SafetensorError: If it is no safetensors file.
        KeyError: If it is one that :func:`save_state` has not written.
    """
    with safe_open(path, framework="pt") as file:
        structure = (file.metadata() or {})["structure"]
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    return put_together(json.loads(structure), tensors)


def taken_apart(value: Any, tensors: dict[str, torch.Tensor]) -> Any:
    """Give a value as JSON has it, with the names of its tensors, which are collected."""
    match value:
        case torch.Tensor():
            name = str(len(tensors))
            tensors[name] = value.detach().cpu().clone(memory_format=torch.contiguous_format)
            return {"tensor": name}
        case dict():  # its keys may be numbers, as an optimizer's are
            return {"dict": [[key, taken_apart(part, tensors)] for key, part in value.items()]}
        case list() | tuple():
            return {type(value).__name__: [taken_apart(part, tensors) for part in value]}
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(f"a state holds tensors, numbers and texts; this one has a {type(value).__name__}")


def put_together(value: Any, tensors: dict[str, torch.Tensor]) -> Any:
    """Give back what was taken apart."""
    match value:
        case {"tensor": name}:
            return tensors[name]
        case {"dict": pairs}:
            return {key: put_together(part, tensors) for key, part in pairs}
        case {"list": parts}:
            return [put_together(part, tensors) for part in parts]
        case {"tuple": parts}:
            return tuple(put_together(part, tensors) for part in parts)
    return value

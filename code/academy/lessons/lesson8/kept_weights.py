"""Weights of the lesson's small nets, kept as float16 among its results."""

from pathlib import Path
from typing import TypeVar

from safetensors.torch import load_file, save_file
from torch import nn

from academy.atomic import atomic_path

Model = TypeVar("Model", bound=nn.Module)


def file_of(name: str) -> Path:
    """Name the file of a net's weights."""
    return Path(__file__).with_name("results") / f"{name}.safetensors"


def keep_weights(model: nn.Module, name: str) -> None:
    """Write a net's weights as float16, whole or not at all."""
    with atomic_path(file_of(name)) as unfinished:
        save_file({key: each.half().contiguous() for key, each in model.state_dict().items()}, unfinished)


def with_weights(model: Model, name: str) -> Model:
    """Give a net the weights that were kept under a name; frozen, and in evaluation mode."""
    model.load_state_dict(load_file(file_of(name)))
    return model.eval().requires_grad_(False)

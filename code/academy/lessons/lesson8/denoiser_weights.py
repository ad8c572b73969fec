"""Weights that the long trainings left: float16, half the bytes of float32."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from academy.atomic import atomic_path

RESULTS = Path(__file__).with_name("results")


def keep_half(tensors: Mapping[str, torch.Tensor], name: str) -> None:
    """Write tensors as float16, whole or not at all."""
    RESULTS.mkdir(exist_ok=True)
    with atomic_path(RESULTS / f"{name}.safetensors") as unfinished:
        save_file({key: each.half().contiguous() for key, each in tensors.items()}, unfinished)


def kept(name: str) -> dict[str, torch.Tensor]:
    """Read tensors as float32."""
    tensors = load_file(RESULTS / f"{name}.safetensors")
    return {key: each.float() for key, each in tensors.items()}

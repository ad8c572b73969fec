"""A network handed in as ONNX: judged and run in a process of its own, never in this one."""

import torch

from academy.compete.refused import Refused

FILE = "model.onnx"
INPUT, OUTPUT = "images", "logits"


def run(content: bytes, images: torch.Tensor) -> tuple[torch.Tensor, int]:
    """Run."""
    raise Refused("not yet")

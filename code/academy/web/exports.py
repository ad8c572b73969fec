"""A chapter's net as a file for its page: written at build, and held to what PyTorch computes."""

import base64
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from academy.book import MODEL_MEDIA_TYPE, in_book
from academy.show.numbers import glue
from academy.web.onnx_files import OPSET, answers, onnx_file, smaller

INPUTS_COMPARED = 100
TOLERANCE = 1e-4


class ModelDiffers(AssertionError):
    """The exported file computes something else than the net it was made from."""


@dataclass(frozen=True)
class ExportedModel:
    """A file on its way to the page: among the cell's outputs, so that a cached run brings it, too."""

    content: bytes

    def _repr_mimebundle_(self, **options: Any) -> dict[str, str]:
        return {
            "text/plain": f"{len(self.content) / 1e6:.2f} MB",
            MODEL_MEDIA_TYPE: base64.b64encode(self.content).decode("ascii"),
        }


def export(model: nn.Module, examples: torch.Tensor, name: str, weights: str = "float32") -> None:
    """Give the page a trained net: ``{interactive}`` with ``:model: name`` runs it.

    The build prints what was written, and how far it is from PyTorch. In a reader's notebook there is no
    page to give it to, and nothing is written.

    Args:
        model: One input, one output; both with the batch as first dimension.
        examples: At least 100 inputs as the page will give them, shape (count, ...), float32.
        name: Unique in the book; starts with the page's name, as in ``lesson2-reader``.
        weights: How they are stored: "float32", or smaller as "float16", "int8" or "stored-int8".

    Raises:
        ValueError: If there are fewer than 100 examples, or the weights are to be stored in another way.
        ModelDiffers: If the file's outputs are not those of PyTorch to 1e-4 on the first 100 examples.
    """
    if len(examples) < INPUTS_COMPARED:
        raise ValueError(f"{len(examples)} examples; {INPUTS_COMPARED} are compared with PyTorch")
    if not in_book():
        print(f"Only the book's build writes {name} for its page; nothing is written here.")
        return
    expected = outputs(model, examples)
    content = onnx_file(model, examples[:2])
    difference = compare(answers(content, examples[:INPUTS_COMPARED]), expected[:INPUTS_COMPARED], name)
    print(f"{name}: {len(content) / 1e6:.2f} MB of ONNX, opset {OPSET}")
    print(f"largest difference from PyTorch on {INPUTS_COMPARED} inputs: {difference:.1e}")
    if weights != "float32":
        content = smaller(content, weights)
        print(
            f"weights as {weights}: {len(content) / 1e6:.2f} MB; {loss(answers(content, examples), expected)}"
        )
    glue(name, ExportedModel(content))


def outputs(model: nn.Module, examples: torch.Tensor) -> torch.Tensor:
    """Compute what PyTorch says, as the net is used and not as it is trained."""
    was_training = model.training
    model.eval()
    with torch.no_grad():
        computed: torch.Tensor = model(examples)
    model.train(was_training)
    return computed


def compare(found: torch.Tensor, expected: torch.Tensor, name: str) -> float:
    """Return the largest difference, if it is small enough."""
    difference = (found - expected).abs().max().item()
    if not difference <= TOLERANCE:  # what is not a number differs, too
        raise ModelDiffers(
            f"the exported file of {name} differs from PyTorch by {difference:.2g} on {len(found)} inputs, "
            f"and {TOLERANCE:g} is allowed. Does the net do something in training that it should not do here?"
        )
    return difference


def loss(found: torch.Tensor, expected: torch.Tensor) -> str:
    """Say what smaller weights cost: how often another output is the largest, and how far outputs move."""
    changed = (found.flatten(1).argmax(1) != expected.flatten(1).argmax(1)).sum().item()
    moved = (found - expected).abs().max().item()
    return f"{changed} of {len(found):,} answers change, outputs move by up to {moved:.2g}"

"""A chapter's net or data as a file for its page: written at build, a net held to what PyTorch computes."""

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from safetensors.torch import save
from torch import nn

from academy.book import DATA_MEDIA_TYPE, MODEL_MEDIA_TYPE, in_book
from academy.show.numbers import glue
from academy.web.onnx_files import OPSET, answers, onnx_file, smaller

INPUTS_COMPARED = 100
TOLERANCE = 1e-4
DATA_TYPES = (torch.uint8, torch.int8, torch.float32)
"""What the page's script reads."""
MOST_DATA = 1_500_000
"""Bytes of data, packed, that a reader may be asked to fetch."""


class ModelDiffers(AssertionError):
    """The exported file computes something else than the net it was made from."""


@dataclass(frozen=True)
class Exported:
    """A file on its way to the page: among the cell's outputs, so that a cached run brings it, too."""

    content: bytes
    media_type: str

    def _repr_mimebundle_(self, **options: Any) -> dict[str, str]:
        return {
            "text/plain": f"{len(self.content) / 1e6:.2f} MB",
            self.media_type: base64.b64encode(self.content).decode("ascii"),
        }


def export(model: nn.Module, examples: torch.Tensor, name: str, weights: str = "float32") -> None:
    """Give the page a trained net: ``{interactive}`` with ``:model: name`` runs it.

    The build prints what was written, and how far it is from PyTorch. In a reader's notebook there is no
    page to give it to, and nothing is written.

    Args:
        model: One input, one output; both with the batch as first dimension.
        examples: At least 100 inputs as the page will give them, shape (count, ...), float32.
        name: Unique in the book; starts with the page's name, as in ``lesson2-reader``.
        weights: How they are stored: "float32", or smaller as "float16", "int8" or "int8-stored".

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
    glue(name, Exported(content, MODEL_MEDIA_TYPE))


def export_data(tensors: Mapping[str, torch.Tensor], texts: Mapping[str, Sequence[str]], name: str) -> None:
    """Give the page plain data: ``{interactive}`` with ``:data: name`` says to its script where they are.

    The page gets one safetensors file, with the texts in its head, and fetches it when the reader first acts.

    Args:
        tensors: By name, each uint8, int8 or float32. An encoded picture is a uint8 tensor of its bytes.
        texts: Lists of texts by name, such as the names of rows.
        name: Unique in the book; starts with the page's name, as in ``lesson4-index``.

    Raises:
        ValueError: If a tensor is of another type or holds what is not finite, or if all of them take more
            than 1.5 MB packed.
    """
    for key, tensor in tensors.items():
        if tensor.dtype not in DATA_TYPES:
            raise ValueError(f"{key} is {tensor.dtype}; a page reads uint8, int8 and float32")
        if not tensor.isfinite().all():
            raise ValueError(f"{key} holds a number that is not finite")
    content = save(
        {key: tensor.contiguous() for key, tensor in tensors.items()},
        {key: json.dumps(list(each), ensure_ascii=False) for key, each in texts.items()},
    )
    packed = len(gzip.compress(content))
    if packed > MOST_DATA:
        raise ValueError(
            f"{name} takes {packed / 1e6:.2f} MB packed, and a reader may be asked to fetch "
            f"{MOST_DATA / 1e6:.1f} MB; keep fewer rows, fewer numbers or coarser ones"
        )
    if not in_book():
        print(f"Only the book's build writes {name} for its page; nothing is written here.")
        return
    print(f"{name}: {packed / 1e6:.2f} MB packed")
    glue(name, Exported(content, DATA_MEDIA_TYPE))


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
    """Say what smaller weights cost: how often another output is largest, how far outputs move and turn."""
    changed = (found.flatten(1).argmax(1) != expected.flatten(1).argmax(1)).sum().item()
    moved = (found - expected).abs().max().item()
    turned = torch.cosine_similarity(found.flatten(1), expected.flatten(1)).mean().item()
    return (
        f"{changed} of {len(found):,} answers change, outputs move by up to {moved:.2g}; "
        f"mean cosine with the old ones {turned:.4f}"
    )

"""A trained net made into a hand-in to Fashion-MNIST, and measured."""

import os
from pathlib import Path
from typing import Any

import tomli_w
import torch
from safetensors.torch import save
from torch import nn

from academy.compete import submission, tensors
from academy.compete.files import write_files
from academy.compete.refused import Refused
from academy.competitions.fashion import onnx_models
from academy.competitions.fashion.answers import CLASSES
from academy.competitions.fashion.scoring import (
    COUNTER,
    ONE_OF,
    PICTURE,
    found,
    measured,
    network_in,
    submission_of,
    test_set,
)
from academy.foreign import cleaned
from academy.web.onnx_files import TO_WRITE, missing_packages, onnx_file

MUST_TAKE = "the model must take pictures of shape (count, 1, 28, 28), pixels from 0 to 1"


def pack(
    model: nn.Module,
    folder: str | Path,
    *,
    name: str,
    author: str,
    training: str,
    worked: str,
    failed: str,
    training_seconds: float,
    machine: str,
    seed: int,
    link: str = "",
    architecture: str | None = None,
) -> Path:
    """Make a hand-in of a trained net, measured on the standard test pictures, and print what it scores.

    Args:
        model: Takes pictures of shape (count, 1, 28, 28) with pixels from 0 to 1, gives ten logits each.
        folder: Where to write the hand-in's two files; made if absent. It may hold an earlier hand-in of
            the same kind, which is replaced.
        name: What the leaderboard calls the net.
        author: Whose it is.
        training: How it was trained, in a sentence.
        worked: What helped, briefly.
        failed: What was tried and did not help, briefly.
        training_seconds: How long the training took.
        machine: On what it ran, as in "2 cores of a laptop".
        seed: Of its training.
        link: A page with more, such as a notebook.
        architecture: Which of `academy.nets.CLASSIFIERS` the model is, to hand in its weights; without
            it the model is written as ONNX, which takes the packages onnx, onnxscript, onnxruntime
            and psutil.

    Returns:
        The folder.

    Raises:
        ValueError: If the hand-in would be refused; the message says why.
    """
    table: dict[str, Any] = {"name": name, "author": author, "training": training, "seed": seed}
    table |= {"worked": worked, "failed": failed, "training_seconds": training_seconds, "machine": machine}
    table |= {"link": link} | ({} if architecture is None else {"architecture": architecture})
    file = onnx_models.FILE if architecture is None else tensors.FILE
    try:
        network = network_in(table, file)
        without_others(Path(folder), file)
        takes_pictures(model)
        content = packed(model, architecture)
        answers = measured(file, network, content)
        right = int((answers.predictions == test_set()[1]).sum())
        accuracy = round(right / len(answers.predictions), 6)
        table["claims"] = {"parameters": answers.parameters, "accuracy": accuracy}
        submission_of(table)
    except Refused as refusal:
        raise ValueError(f"this would be refused: {refusal}") from None
    print(f"{found(right)} with {answers.parameters:,} parameters.")
    return write_files(Path(folder), {file: content, submission.FILE: tomli_w.dumps(table).encode()})


def without_others(folder: Path, file: str) -> None:
    """Refuse a folder that holds another kind of model than the file that is to be written."""
    if others := [name for name in ONE_OF if name != file and os.path.lexists(folder / name)]:
        raise Refused(
            f"{folder} holds {others[0]} already, beside which {file} cannot stand; name another folder"
        )


def takes_pictures(model: nn.Module) -> None:
    """Refuse a model that does not give ten logits for each of two black pictures."""
    was_training = model.training
    try:
        with torch.no_grad():
            logits = model.eval()(two_pictures(model))
    except Exception as error:  # somebody else's code may raise anything
        raise Refused(f"{MUST_TAKE}; on two it failed: {cleaned(str(error), 200)}") from None
    finally:
        model.train(was_training)
    if getattr(logits, "shape", None) != (2, CLASSES):
        what = list(logits.shape) if isinstance(logits, torch.Tensor) else type(logits).__name__
        raise Refused(f"{MUST_TAKE}, and give ten logits each; for two it gave {what}, not {[2, CLASSES]}")


def two_pictures(model: nn.Module) -> torch.Tensor:
    """Give two black pictures, on the device of the model."""
    return torch.zeros(2, *PICTURE).to(next(model.parameters(), torch.zeros(1)))


def packed(model: nn.Module, architecture: str | None) -> bytes:
    """Write a model as the file of a hand-in: its weights, or all of it as ONNX."""
    if architecture is None:
        if install := missing_packages(TO_WRITE):
            raise Refused(f"to pack and score a network as ONNX, packages are missing: {install}")
        return onnx_file(model, two_pictures(model), onnx_models.INPUT, onnx_models.OUTPUT)
    weights = {name: tensor for name, tensor in model.state_dict().items() if not name.endswith(COUNTER)}
    return bytes(save({name: tensor.detach().float().cpu().contiguous() for name, tensor in weights.items()}))

"""A trained net made into a hand-in to the spiral."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomli_w
import torch
from safetensors.torch import save
from torch import nn

from academy.compete import submission, tensors
from academy.compete.files import write_files
from academy.compete.refused import Refused, a_few
from academy.competitions.spiral.scoring import (
    ACTIVATIONS,
    board_of,
    finite,
    network,
    parameters_of,
    shape_in,
    submission_of,
)
from academy.data.plane import spirals
from academy.data.spiral_density import spiral_accuracy


def pack(
    model: nn.Module,
    folder: str | Path,
    *,
    name: str,
    author: str,
    training: str,
    seed: int,
    link: str = "",
    activations: Sequence[str] | None = None,
) -> Path:
    """Make a hand-in of a trained net.

    Args:
        model: Linear layers with an activation after each but the last.
        folder: Where to write `submission.toml` and `model.safetensors`; made if absent.
        name: What the leaderboard calls the net.
        author: Whose it is.
        training: How it was trained, in a sentence.
        seed: Of its training.
        link: A page with more, such as a notebook with plots and a summary table.
        activations: One for each hidden layer, where the model calls functions in place of modules.

    Returns:
        The folder.

    Raises:
        ValueError: If the model is no such net, fits no board, or one of the texts breaks a rule.
    """
    layers, named, others = parts_of(model)
    if activations is None and others and len(named) != len(layers) - 1:
        raise ValueError(
            f"{a_few(others)} is no activation of the competition, which takes {', '.join(ACTIVATIONS)}; for "
            "the sine use `academy.nets.sine.Sine`, or say what each hidden layer computes, as in "
            "`activations=['sine', 'tanh']`"
        )
    names = list(activations) if activations is not None else named
    widths = [layer.in_features for layer in layers] + [layer.out_features for layer in layers[-1:]]
    weights = {}
    for index, layer in enumerate(layers):
        for part, tensor in {"weight": layer.weight, "bias": layer.bias}.items():
            if tensor is None:
                raise ValueError(f"linear layer {index} has no bias; the competition's layers all have one")
            weights[f"layers.{index}.{part}"] = tensor.detach().float().cpu().contiguous()
    try:
        board = board_of(widths)
        table: dict[str, Any] = {"name": name, "author": author, "class": board, "widths": widths}
        table |= {"activations": names, "training": training, "seed": seed, "link": link}
        shape_in(table, board)
        rebuilt = network(widths, names, weights)
        same_answers(model, rebuilt)
        table["claims"] = {
            "parameters": parameters_of(widths),
            "accuracy": round(spiral_accuracy(lambda points: finite(rebuilt(points.float()))), 6),
        }
        submission_of(table)
    except Refused as refusal:
        raise ValueError(f"this would be refused: {refusal}") from None
    return write_files(
        Path(folder), {tensors.FILE: save(weights), submission.FILE: tomli_w.dumps(table).encode()}
    )


def parts_of(model: nn.Module) -> tuple[list[nn.Linear], list[str], list[str]]:
    """Find a model's linear layers and the names of its activations, in order, and what else computes."""
    classes = {type(make()).__name__: name for name, make in ACTIVATIONS.items()}
    parts = [part for _, part in model.named_modules(remove_duplicate=False)]
    layers = [part for part in parts if isinstance(part, nn.Linear)]
    leaves = [part for part in parts if not isinstance(part, nn.Linear) and not list(part.children())]
    kinds = [type(part).__name__ for part in leaves]
    others = list(dict.fromkeys(kind for kind in kinds if kind not in classes))
    return layers, [classes[kind] for kind in kinds if kind in classes], others


def same_answers(model: nn.Module, rebuilt: nn.Module) -> None:
    """Refuse a model that computes something else than its layers and activations in order."""
    points, _ = spirals(200, generator=torch.Generator().manual_seed(0))
    parameter = next(model.parameters())
    with torch.no_grad():
        expected = model(points.to(parameter)).float().cpu().reshape(-1)
        found = rebuilt(points).reshape(-1)
    if expected.shape != found.shape or not torch.allclose(found, expected, rtol=1e-3, atol=1e-3):
        raise Refused(
            "the model computes something else than its linear layers with an activation between them; "
            "name one activation for each hidden layer in `activations`"
        )

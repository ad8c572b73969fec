"""The smallest network for the spiral: more than 83% of the spiral with the fewest parameters."""

import copy
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from torch import nn

from academy.compete import submission, tensors
from academy.compete.entries import TOLERANCE, Entry, Status, refusing
from academy.compete.files import read_files
from academy.compete.refused import Refused, a_few
from academy.data.spiral_density import drawn_accuracy, spiral_accuracy
from academy.nets.sine import Sine

TO_PASS = 0.83
"""The share of all points that a hand-in must exceed."""

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "ReLU": nn.ReLU,
    "LeakyReLU": nn.LeakyReLU,
    "ELU": nn.ELU,
    "GELU": nn.GELU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "sine": Sine,
}
"""With PyTorch's settings: a leak of 0.01, an ELU of 1, the exact GELU."""

STANDARD_ERRORS = 6
"""By which grid and drawn points may differ beside the tolerance: an honest network does so once in 10^9."""
ON_THE_PAGE = 4
"""Decimals of a share; entries that are equal in these are equal."""

LONGEST_BOARD = 40
WIDEST = 64
"""Units that a layer may have: bounds time and memory of scoring."""
LARGEST = {submission.FILE: 64_000, tensors.FILE: 1_000_000}
"""Bytes of each file."""


@dataclass(frozen=True)
class Board:
    """The networks that compete with each other."""

    hidden_layers: int
    least_width: int
    """Units that each hidden layer has at least."""


BOARDS = {"one-layer": Board(1, 1), "shallow": Board(2, 1), "deep": Board(10, 1), "deep-wide": Board(10, 2)}


@dataclass(frozen=True)
class SpiralSubmission(submission.Submission):
    """What a hand-in to the spiral says of itself."""

    board: str
    """The entry `class`."""


@dataclass(frozen=True)
class SpiralEntry(Entry):
    """A measured network."""

    submission: SpiralSubmission | None = None
    widths: tuple[int, ...] = ()
    activations: tuple[str, ...] = ()
    model: nn.Module | None = None


def order(entry: Entry) -> tuple[float, ...]:
    """Put fewest parameters first, then highest accuracy as the page shows it."""
    return (entry.parameters or 0, -round(entry.accuracy or 0, ON_THE_PAGE))


@refusing
def score(place: Path) -> Entry:
    """Measure one hand-in.

    Args:
        place: A folder or zip archive with `submission.toml` and `model.safetensors`.

    Returns:
        What was measured, by integration over the known density; or the entry as refused, also where
        points that nobody could know give the network another accuracy.
    """
    files = read_files(place, LARGEST)
    table = submission.read_table(files[submission.FILE])
    about = submission_of(table)
    widths, activations = shape_in(table, about.board)
    model = network(widths, activations, tensors.read_tensors(files[tensors.FILE]))
    accuracy = spiral_accuracy(lambda points: finite(model(points.float())))
    hold_to_fresh_points(model, accuracy)
    passed = accuracy > TO_PASS
    count = parameters_of(widths)
    reason = f"{accuracy:.2%} of all points with {count} parameters"
    return SpiralEntry(
        place=place.name,
        status=Status.PASSED if passed else Status.BELOW,
        reason=f"{reason}." if passed else f"{reason}: to pass takes more than {TO_PASS:.0%}.",
        accuracy=accuracy,
        parameters=count,
        submission=about,
        widths=widths,
        activations=activations,
        model=model,
    )


def submission_of(table: dict[str, Any]) -> SpiralSubmission:
    """Take from the parsed file what a hand-in says of itself."""
    common = submission.common_entries(table)
    board = submission.text_in(table, "class", LONGEST_BOARD)
    if board not in BOARDS:
        raise Refused(f"class in {submission.FILE} is “{board}”; it may be {', '.join(BOARDS)}")
    return SpiralSubmission(**common, board=board)


def shape_in(table: dict[str, Any], board: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Take widths and activations from the parsed file, and hold them to the board's rules."""
    widths = submission.entry_in(table, "widths", list)
    activations = submission.entry_in(table, "activations", list)
    if any(type(width) is not int or not 1 <= width <= WIDEST for width in widths):
        raise Refused(f"widths in {submission.FILE} must be whole numbers from 1 to {WIDEST}")
    if widths[:1] != [2] or widths[-1:] != [1]:
        raise Refused(f"widths in {submission.FILE} must go from 2 inputs to 1 output: [2, …, 1]")
    rules, hidden = BOARDS[board], widths[1:-1]
    if len(hidden) != rules.hidden_layers:
        layers = "1 hidden layer" if rules.hidden_layers == 1 else f"{rules.hidden_layers} hidden layers"
        raise Refused(f"class {board} takes {layers}; widths name {len(hidden)}")
    if min(hidden) < rules.least_width:
        raise Refused(
            f"class {board} takes at least {rules.least_width} units a layer; one has {min(hidden)}"
        )
    if len(activations) != len(hidden):
        raise Refused(f"{len(hidden)} hidden layers need as many activations; there are {len(activations)}")
    if not all(isinstance(name, str) for name in activations):
        raise Refused(f"activations in {submission.FILE} must be texts, among {', '.join(ACTIVATIONS)}")
    if unknown := [name for name in activations if name not in ACTIVATIONS]:
        raise Refused(f"there is no activation {a_few(unknown[:1])}; choose among {', '.join(ACTIVATIONS)}")
    return tuple(widths), tuple(activations)


def network(
    widths: Sequence[int], activations: Sequence[str], weights: dict[str, torch.Tensor]
) -> nn.Sequential:
    """Build the net that a hand-in describes.

    Args:
        widths: Units of each layer from input to output.
        activations: One for each hidden layer.
        weights: `layers.0.weight` (outputs × inputs), `layers.0.bias`, `layers.1.weight` and so on.

    Raises:
        Refused: If a tensor is missing, too many, or of another shape.
    """
    shapes: dict[str, tuple[int, ...]] = {}
    for index, (inputs, outputs) in enumerate(pairwise(widths)):
        shapes |= {f"layers.{index}.weight": (outputs, inputs), f"layers.{index}.bias": (outputs,)}
    tensors.hold_to_shapes(weights, shapes, "the widths ask")
    layers: list[nn.Module] = []
    for index, (inputs, outputs) in enumerate(pairwise(widths)):
        layer = nn.Linear(inputs, outputs)
        layer.load_state_dict({part: weights[f"layers.{index}.{part}"] for part in ("weight", "bias")})
        layers += [layer, *(ACTIVATIONS[name]() for name in activations[index : index + 1])]
    return nn.Sequential(*layers)


def hold_to_fresh_points(model: nn.Module, accuracy: float) -> None:
    """Refuse a net whose accuracy on the grid is another on points that nobody could know.

    Weights can be chosen for a known grid: 400π more turn the sine by whole circles from one of its points
    to the next. And nonlinearity can be had from the rounding of float32. So the points are drawn afresh
    each time, and the net answers in double precision.
    """
    exact = copy.deepcopy(model).double()
    generator = torch.Generator().manual_seed(secrets.randbits(63))
    drawn = drawn_accuracy(lambda points: finite(exact(points)), generator)
    if abs(accuracy - drawn.accuracy) > TOLERANCE + STANDARD_ERRORS * drawn.deviation:
        raise Refused(
            f"the network is right on {accuracy:.2%} of all points by the grid of the integral, and on "
            f"{drawn.accuracy:.2%} by points drawn afresh; it must not depend on where the grid lies, nor on "
            "how float32 rounds"
        )


def finite(logits: torch.Tensor) -> torch.Tensor:
    """Return logits, refusing a net whose sums overflow somewhere."""
    if not logits.isfinite().all():
        raise Refused("the network's output is not a finite number at every point: its weights are too large")
    return logits


def parameters_of(widths: Sequence[int]) -> int:
    """Count weights and biases."""
    return sum((inputs + 1) * outputs for inputs, outputs in pairwise(widths))


def board_of(widths: Sequence[int]) -> str:
    """Name the narrowest board that a net fits."""
    hidden = widths[1:-1]
    for name in ("one-layer", "shallow", "deep-wide", "deep"):
        if hidden and len(hidden) == BOARDS[name].hidden_layers and min(hidden) >= BOARDS[name].least_width:
            return name
    *depths, deepest = sorted({board.hidden_layers for board in BOARDS.values()})
    taken = f"{', '.join(map(str, depths))} or {deepest} hidden layers"
    raise Refused(f"the boards take {taken}; this model has {len(hidden)}")

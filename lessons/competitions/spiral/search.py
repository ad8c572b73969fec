"""The search behind the reference entries: small nets from many seeds, trained on the spiral's own density.

It draws no points. The loss of a net is a sum over small squares of the plane, weighted by how likely a
point falls into each, so no net can learn a draw by heart, and no score depends on luck with points. Nets
of one shape are trained together in two steps: all of them on the cross-entropy, then the best few on the
probability of being wrong, which is what the competition counts. Ten hidden layers are grown from the best
nets of fewer: layers that hand their input on are added, and all of it is trained further.

`python search.py` runs everything; interrupted, it goes on where it was. `--more 4` takes four times the
seeds. Each seed gives the same net again, whichever others are trained beside it.
"""

import itertools
import json
import math
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from academy.atomic import atomic_path
from academy.competitions.spiral.packing import pack
from academy.competitions.spiral.scoring import ACTIVATIONS, BOARDS, TO_PASS, board_of, network, parameters_of
from academy.data.spiral_density import spiral_accuracy, spiral_densities
from academy.learn.ensembles import descend_together
from academy.learn.hooks import stepping
from academy.learn.sweeps import code_of, write_sweep
from academy.learn.training import train
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn
from safetensors import safe_open
from safetensors.torch import save_file
from torch.nn import functional as F

HERE = Path(__file__).parent
SCRIPT = "https://github.com/agasy18/pa-academy-ai-2025/blob/main/lessons/competitions/spiral/search.py"

COARSE, FINE = 0.12, 0.05
"""Sides of the squares that the loss is summed over, in the first and in the second step."""
START = 3.0
"""Initial weights are uniform within this over the square root of a unit's inputs."""
HANDED_ON = 0.25
"""A layer that hands on shrinks what it gets to this around zero, where activations are nearly straight."""

DEEP = 10
ONE, TWO, RELU = (1,) * DEEP, (2,) * DEEP, ("ReLU",) * DEEP

STRAIGHT = {"ReLU": 0.5, "LeakyReLU": 0.5, "ELU": 0.5, "GELU": 2.0}
"""Where activations that are bent at zero are nearly straight."""

Loss = Callable[[torch.Tensor], torch.Tensor]
"""Gives logits of shape (nets, cells) the loss of each net."""
Row = dict[str, Any]
"""What was tried in a group and what came out."""
Weights = list[torch.Tensor]
"""Of many nets of one shape: weight (nets, outputs, inputs) and bias (nets, outputs, 1) of each layer."""


@dataclass(frozen=True)
class Group:
    """Nets of one shape and one choice of activations that are searched together."""

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    tried: int
    """Seeds, counted from 0; for grown nets, the best of the parents."""
    kept: int
    """Nets that are trained to the end."""
    parent: "Group | None" = None
    """From which these are grown; from scratch without."""

    @property
    def name(self) -> str:
        """Names the group, and its file of partial results."""
        own = f"{shape(self.widths)} {listed(self.activations)} {self.tried}"
        return own if self.parent is None else f"{own} from {self.parent.name}"

    @property
    def only_relu(self) -> bool:
        """Tell whether these nets are on the boards for ReLU."""
        return set(self.activations) == {"ReLU"}


def shape(widths: Sequence[int]) -> str:
    """Write widths as in 2-3-1-1, a run of equal hidden ones as in 2-3-1×9-1."""
    first, *hidden, last = widths
    parts = [str(first)]
    for width, run in itertools.groupby(hidden):
        times = len(list(run))
        parts.append(f"{width}×{times}" if times > 3 else "-".join([str(width)] * times))
    return "-".join([*parts, str(last)])


def listed(activations: Sequence[str]) -> str:
    """Write activations, a run of equal ones once."""
    return "+".join(name for name, _ in itertools.groupby(activations))


class Cells:
    """Squares of the plane and how likely a point of each class falls into each."""

    def __init__(self, spacing: float) -> None:
        side = 2 * math.ceil(1.75 / spacing)
        ticks = (torch.arange(side, dtype=torch.float64) - (side - 1) / 2) * spacing
        centers = torch.cartesian_prod(ticks, ticks)
        chances = spiral_densities(centers) * spacing**2 / 2
        hit = chances.sum(dim=1) > 1e-4 * spacing**2
        self.centers, (self.first, self.second) = centers[hit], chances[hit].T  # (cells, 2), (cells,)

    def cross_entropy(self, logits: torch.Tensor) -> torch.Tensor:
        """Return the mean cross-entropy of each net from logits of shape (nets, cells)."""
        losses: torch.Tensor = F.softplus(logits) @ self.first + F.softplus(-logits) @ self.second
        return losses

    def error(self, logits: torch.Tensor) -> torch.Tensor:
        """Return how often each net is wrong when it answers with its probabilities."""
        losses: torch.Tensor = logits.sigmoid() @ self.first + (-logits).sigmoid() @ self.second
        return losses

    def accuracy(self, logits: torch.Tensor) -> torch.Tensor:
        """Return how often each net is right."""
        right: torch.Tensor = (logits > 0).double() @ self.second + (logits <= 0).double() @ self.first
        return right


def fresh(widths: Sequence[int], seeds: Sequence[int]) -> Weights:
    """Draw initial weights, each net's from its own seed."""
    weights: list[list[torch.Tensor]] = []
    for seed in seeds:
        generator = torch.Generator().manual_seed(seed)
        one = []
        for inputs, outputs in itertools.pairwise(widths):
            draws = torch.rand(outputs, inputs + 1, generator=generator, dtype=torch.float64)
            draws = (2 * draws - 1) * START / math.sqrt(inputs)
            one += [draws[:, :inputs], draws[:, inputs:]]
        weights.append(one)
    return [torch.stack(tensors) for tensors in zip(*weights)]


def hidden(weights: Weights, activations: Sequence[str], points: torch.Tensor) -> torch.Tensor:
    """Return what the last hidden layer of each net gives, shape (nets, units, points)."""
    values = points.T.expand(len(weights[0]), -1, -1)
    for layer, name in enumerate(activations):
        values = ACTIVATIONS[name]()(torch.baddbmm(weights[2 * layer + 1], weights[2 * layer], values))
    return values


def logits_of(weights: Weights, activations: Sequence[str], points: torch.Tensor) -> torch.Tensor:
    """Return the logits of each net, shape (nets, points)."""
    values = hidden(weights, activations, points)
    return torch.baddbmm(weights[-1], weights[-2], values).squeeze(1)


def descend(
    weights: Weights, activations: Sequence[str], cells: Cells, loss: Loss, steps: int, rate: float
) -> torch.Tensor:
    """Train all nets in place by Adam under a falling rate; return the accuracy of each."""
    for tensor in weights:
        tensor.requires_grad_()
    optimizer = torch.optim.Adam(weights, lr=rate)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps, rate / 20)

    def losses_of(centers: torch.Tensor) -> torch.Tensor:
        return loss(logits_of(weights, activations, centers))

    centers = itertools.repeat(cells.centers)
    hooks = [stepping(scheduler)]
    train(None, losses_of, optimizer, centers, steps, update=descend_together, after_step=hooks)
    for tensor in weights:
        tensor.requires_grad_(False)
    return cells.accuracy(logits_of(weights, activations, cells.centers))


def working_point(name: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return where an activation is nearly straight, what it gives there, and its slope."""
    point = torch.tensor(STRAIGHT.get(name, 0.0), dtype=torch.float64, requires_grad=True)
    value = ACTIVATIONS[name]()(point)
    (slope,) = torch.autograd.grad(value, point)
    return point.detach(), value.detach(), slope


def handing_on(weights: Weights, activations: Sequence[str], name: str) -> Weights:
    """Add a hidden layer before the output that hands its input on, nearly unchanged."""
    values = hidden(weights, activations, COARSE_CELLS.centers)  # (nets, units, cells)
    low, high = values.amin(dim=2, keepdim=True), values.amax(dim=2, keepdim=True)
    middle = (low + high) / 2
    scale = 2 * HANDED_ON / (high - low).clamp(min=1e-6)  # (nets, units, 1)
    point, value, slope = working_point(name)
    back = weights[-2] / (slope * scale).transpose(1, 2)  # (nets, 1, units)
    bias = weights[-1] + weights[-2] @ middle - back.sum(dim=2, keepdim=True) * value
    inner = torch.diag_embed(scale.squeeze(2))
    return [*weights[:-2], inner, point - scale * middle, back, bias]


def through_output(weights: Weights, activations: Sequence[str], name: str) -> Weights:
    """Make the output a hidden layer of one unit, and an output that reads its value off."""
    largest = logits_of(weights, activations, COARSE_CELLS.centers).abs().amax(dim=1)[:, None, None]
    scale = HANDED_ON / largest.clamp(min=1e-6)  # (nets, 1, 1)
    point, value, slope = working_point(name)
    back = 1 / (slope * scale)
    return [*weights[:-2], weights[-2] * scale, weights[-1] * scale + point, back, -value * back]


def grown(group: Group, parents: Weights) -> Weights:
    """Grow nets to the shape of a group."""
    weights, depth = parents, len(parents) // 2 - 1
    if weights[-2].shape[2] > group.widths[depth + 1]:  # from here on one unit a layer: the old output
        weights = through_output(weights, group.activations[:depth], group.activations[depth])
        depth += 1
    for name in group.activations[depth:]:
        weights = handing_on(weights, group.activations[:depth], name)
        depth += 1
    return [tensor.clone() for tensor in weights]


def best(weights: Weights, scores: torch.Tensor, count: int) -> tuple[Weights, torch.Tensor]:
    """Return copies of the best nets, and which they are."""
    chosen = scores.argsort(descending=True, stable=True)[:count]
    return [tensor[chosen].clone() for tensor in weights], chosen


def run(group: Group, seeds: Sequence[int], parents: Weights | None = None) -> tuple[Row, Weights]:
    """Search one group.

    Args:
        group: What to train.
        seeds: Where initial weights come from; for grown nets, the seed of each parent.
        parents: Trained nets to grow.

    Returns:
        A row of results, and the weights of the nets that were trained to the end, the best first.
    """
    started = time.perf_counter()
    if parents is None:
        weights = fresh(group.widths, seeds)
        scores = descend(weights, group.activations, COARSE_CELLS, COARSE_CELLS.cross_entropy, 300, 0.05)
        weights, chosen = best(weights, scores, group.kept)
    else:
        weights, chosen = grown(group, parents), torch.arange(len(seeds))
    rate = 0.03 if parents is None else 0.003
    descend(weights, group.activations, FINE_CELLS, FINE_CELLS.error, 1000, rate)
    scores = torch.tensor([measured(group, weights, index) for index in range(len(chosen))]).double()
    weights, order = best(weights, scores, len(chosen))
    row = {
        "widths": list(group.widths),
        "activations": list(group.activations),
        "parameters": parameters_of(group.widths),
        "grown_from": group.parent and list(group.parent.widths),
        "tried": group.tried if parents is None else len(seeds),
        "passed": int((scores > TO_PASS).sum()),
        "accuracy": [round(scores[index].item(), 5) for index in order.tolist()],
        "seeds": [seeds[index] for index in chosen[order].tolist()],
        "seconds": round(time.perf_counter() - started, 1),
    }
    return row, weights


def measured(group: Group, weights: Weights, index: int) -> float:
    """Integrate the accuracy of one net as the competition does, from float32 weights."""
    one = [tensor[index : index + 1].float() for tensor in weights]
    return spiral_accuracy(lambda points: logits_of(one, group.activations, points))


COARSE_CELLS, FINE_CELLS = Cells(COARSE), Cells(FINE)


class Search:
    """Groups one after the other, each kept in a file as soon as it is done."""

    def __init__(self, folder: Path, more: int, show: Callable[[str], None]) -> None:
        self.folder, self.more, self.show = folder, more, show
        self.done: dict[Group, tuple[Row, Weights]] = {}
        folder.mkdir(exist_ok=True)

    def search(self, widths: Sequence[int], activations: Sequence[str], tried: int, kept: int = 8) -> Group:
        """Search one shape from scratch."""
        return self.finished(Group(tuple(widths), tuple(activations), tried * self.more, kept))

    def grow(self, parent: Group, widths: Sequence[int], name: str, count: int = 6) -> Group:
        """Grow the best of a group to a deeper shape, with one activation for all new layers."""
        activations = parent.activations + (name,) * (len(widths) - 2 - len(parent.activations))
        return self.finished(Group(tuple(widths), activations, count, count, parent))

    def finished(self, group: Group) -> Group:
        """Search a group, or read what an earlier run has found."""
        path = self.folder / f"{group.name}.safetensors"
        self.show(group.name)
        if path.exists():
            self.done[group] = read_group(path)
        else:
            self.done[group] = run(group, *self.start_of(group))
            write_group(path, *self.done[group])
        return group

    def start_of(self, group: Group) -> tuple[list[int], Weights | None]:
        """Return a group's seeds and, where it is grown, its parents."""
        if group.parent is None:
            return list(range(group.tried)), None
        row, weights = self.done[group.parent]
        return row["seeds"][: group.tried], [tensor[: group.tried] for tensor in weights]

    def top(self, groups: Sequence[Group], count: int) -> list[Group]:
        """Return the groups with the most accurate nets."""
        return sorted(groups, key=lambda group: -self.done[group][0]["accuracy"][0])[:count]


def write_group(path: Path, row: Row, weights: Weights) -> None:
    """Keep what was found, whole or not at all."""
    tensors = {f"{index:02}": tensor.contiguous() for index, tensor in enumerate(weights)}
    with atomic_path(path) as unfinished:
        save_file(tensors, unfinished, metadata={"row": json.dumps(row)})


def read_group(path: Path) -> tuple[Row, Weights]:
    """Read what :func:`write_group` kept."""
    with safe_open(path, "pt") as file:
        weights = [file.get_tensor(name) for name in sorted(file.keys())]
        return json.loads(file.metadata()["row"]), weights


def search_shallow(search: Search) -> None:
    """Two hidden layers: below the smallest that passes, at it, and above."""
    for widths in [(2, 1, 2, 1), (2, 1, 3, 1)]:
        search.search(widths, ("sine", "sine"), 256)
    pairs = list(itertools.product(ACTIVATIONS, repeat=2))
    smaller = [search.search((2, 2, 1, 1), pair, 64, 4) for pair in pairs]
    for group in search.top(smaller, 4):
        search.search(group.widths, group.activations, 1024, 16)
    some = list(itertools.product(("sine", "tanh", "GELU"), repeat=2))
    for widths, tried in {(2, 2, 2, 1): some, (2, 3, 1, 1): pairs}.items():
        passing = [search.search(widths, pair, 64, 4) for pair in tried]
        for group in search.top(passing, 2):
            search.search(widths, group.activations, 256, 16)
    search.search((2, 3, 1, 1), ("tanh", "tanh"), 512)
    for widths in [(2, 3, 2, 1), (2, 4, 1, 1), (2, 4, 2, 1), (2, 4, 4, 1)]:
        search.search(widths, ("sine", "tanh"), 64)
    relu = {(3, 1): 512, (2, 2): 512, (2, 3): 512, (4, 1): 1024, (3, 2): 1024}
    larger = {(5, 1): 256, (3, 3): 128, (4, 2): 128, (4, 4): 128}
    for hidden_widths, seeds in {**relu, **larger}.items():
        search.search((2, *hidden_widths, 1), RELU[:2], seeds)


def search_deep(search: Search) -> None:
    """Ten hidden layers, most of one unit: they hand on what the first few found."""
    scalar = [group for group in search.done if group.widths == (2, 2, 1, 1) and group.kept == 16]
    passing = [group for group in search.done if group.widths == (2, 3, 1, 1) and group.kept == 16]
    relu = [group for group in search.done if group.only_relu and group.tried >= 256 * search.more]
    folding = search.search((2, 2, 1, 1, 1, 1), ("sine",) * 4, 256)
    later = search.search((2, 2, 1, 2, 1), ("sine",) * 3, 256)
    for group in [*search.top(scalar, 2), folding]:
        search.grow(group, (2, 2, *ONE[:9], 1), "sine")
    search.grow(later, (2, 2, 1, 2, *ONE[:7], 1), "sine")
    for group, name in itertools.product(search.top(passing, 2), ("sine", "tanh")):
        search.grow(group, (2, 3, *ONE[:9], 1), name)
    for group in relu:
        first, second = group.widths[1:3]
        search.grow(group, (2, first, second, *ONE[:8], 1), "ReLU")
    three = search.search((2, 2, 2, 2, 1), RELU[:3], 256)
    search.grow(three, (2, 2, 2, 2, *ONE[:7], 1), "ReLU")


def search_deep_wide(search: Search) -> None:
    """Ten hidden layers of two units and more."""
    for name, depth in [("sine", 3), ("sine", 5), ("tanh", 5)]:
        parent = search.search((2, *TWO[:depth], 1), (name,) * depth, 128)
        search.grow(parent, (2, *TWO, 1), name)
    for first in (2, 3, 4, 5):
        parent = search.search((2, first, 2, 2, 1), RELU[:3], 256)
        search.grow(parent, (2, first, *TWO[1:], 1), "ReLU")


def chosen_entries(search: Search) -> dict[str, Group]:
    """Choose the best of each board, and of two hidden layers also larger nets that do better."""
    depths = {board.hidden_layers for board in BOARDS.values()}
    passed = [
        group for group, (row, _) in search.done.items() if row["passed"] and len(group.activations) in depths
    ]
    found: dict[str, Group] = {}
    for only_relu, board in itertools.product((False, True), BOARDS):
        on_board = [
            group
            for group in passed
            if board_of(group.widths) == board and (group.only_relu or not only_relu)
        ]
        kind = "-relu" if only_relu else ""
        for group in front(search, on_board) if board == "shallow" else front(search, on_board)[:1]:
            if group not in found.values():
                found[f"reference-{board}{kind}-{parameters_of(group.widths)}"] = group
    return found


def front(search: Search, groups: Sequence[Group]) -> list[Group]:
    """Return the groups whose best net is more accurate than any of a net as small."""

    def order(group: Group) -> tuple[int, float]:
        return parameters_of(group.widths), -search.done[group][0]["accuracy"][0]

    kept: list[Group] = []
    for group in sorted(groups, key=order):
        if not kept or order(group)[1] < order(kept[-1])[1]:
            kept.append(group)
    return kept


def submit(search: Search, folder: str, group: Group) -> None:
    """Write the best net of a group as a hand-in."""
    row, weights = search.done[group]
    one = {
        f"layers.{k // 2}.{'bias' if k % 2 else 'weight'}": tensor[0].float()
        for k, tensor in enumerate(weights)
    }
    one = {name: tensor.squeeze(1) if name.endswith("bias") else tensor for name, tensor in one.items()}
    pack(
        network(group.widths, group.activations, one),
        HERE / "submissions" / folder,
        name=f"{shape(group.widths)}, {listed(group.activations)}",
        author="This book",
        training=training_of(group),
        seed=row["seeds"][0],
        link=SCRIPT,
    )


def training_of(group: Group) -> str:
    """Say in a sentence how the nets of a group were trained."""
    if group.parent is None:
        return (
            f"The best of {group.tried} seeds: 300 steps of Adam on the cross-entropy over the spiral's "
            "density, then 1,000 on the probability of being wrong."
        )
    return (
        f"Grown from {shape(group.parent.widths)} by layers that hand their input on, then 1,000 steps of "
        f"Adam on the probability of being wrong. Before: {training_of(group.parent)}"
    )


def main(more: Annotated[int, typer.Option(help="How many times the seeds to try.", min=1)] = 1) -> None:
    """Search all boards, write the results, and hand in the best."""
    torch.set_num_threads(1)
    partial = HERE / f"search.part-{code_of(__file__)[:8]}-{more}"  # changed code starts anew
    with Progress(SpinnerColumn(), *Progress.get_default_columns()[:1], TimeElapsedColumn()) as progress:
        task = progress.add_task("")
        search = Search(partial, more, lambda name: progress.update(task, description=name))
        for stage in (search_shallow, search_deep, search_deep_wide):
            stage(search)
    rows = [row for row, _ in search.done.values()]
    seconds = sum(row["seconds"] for row in rows)
    settings = {"more": more, "coarse": COARSE, "fine": FINE, "nets": sum(row["tried"] for row in rows)}
    write_sweep("competitions/spiral/search", settings, rows, seconds)
    for folder, group in chosen_entries(search).items():
        submit(search, folder, group)
    shutil.rmtree(partial)


if __name__ == "__main__":
    typer.run(main)

"""Ten hidden layers from scratch, and grown from a trained shallow net. The page draws what it writes."""

import time
from typing import Any

from academy.learn.ensembles import fresh_nets
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson1.spiral_runs import SpiralRuns, train_on_spirals
from academy.nets.deepened import deepened
from torch import nn

WIDTHS = [4, 6, 8]
DEPTH = 10
LEARNING_RATES = [0.001, 0.003, 0.01]
SEEDS = list(range(20))
STEPS = 2000


def row(width: int, start: str, learning_rate: float, runs: SpiralRuns) -> dict[str, Any]:
    """Put one group of runs into the form of the results."""
    return {
        "width": width,
        "start": start,
        "learning_rate": learning_rate,
        "train_mean": round(runs.train_accuracy.mean().item(), 4),
        "train": [round(value, 4) for value in runs.train_accuracy.tolist()],
        "accuracy": [round(value, 4) for value in runs.true_accuracy.tolist()],
    }


def shallow_and_grown(width: int, seeds: list[int]) -> list[dict[str, Any]]:
    """Train two hidden layers, then grow them to ten and train on."""
    nets = fresh_nets([2, width, width, 1], nn.ReLU, seeds)
    shallow = train_on_spirals(nets, seeds, STEPS, 0.01)
    deep = [deepened(net, DEPTH - 2) for net in shallow.nets]
    grown = train_on_spirals(deep, seeds, STEPS, 0.001)
    return [row(width, "shallow", 0.01, shallow), row(width, "grown", 0.001, grown)]


def from_scratch(width: int, learning_rate: float, seeds: list[int]) -> dict[str, Any]:
    """Train ten hidden layers as many steps as the grown nets have had in all."""
    nets = fresh_nets([2] + [width] * DEPTH + [1], nn.ReLU, seeds)
    return row(width, "scratch", learning_rate, train_on_spirals(nets, seeds, 2 * STEPS, learning_rate))


def main() -> None:
    """Run everything and write the results."""
    begin = time.perf_counter()
    rows = []
    for width in WIDTHS:
        rows += shallow_and_grown(width, SEEDS)
        rows += [from_scratch(width, learning_rate, SEEDS) for learning_rate in LEARNING_RATES]
    settings = {"seeds": SEEDS, "steps": 2 * STEPS, "hidden_layers": DEPTH, "activation": "ReLU"}
    write_sweep("lessons/lesson1/deep_start", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()

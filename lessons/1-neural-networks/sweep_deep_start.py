"""Ten hidden layers from scratch, and grown from a trained shallow net. The page draws what it writes."""

from typing import Any

from academy.learn.ensembles import fresh_nets
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson1.spiral_runs import SpiralRuns, train_on_spirals
from academy.nets.deepened import deepened
from torch import nn

WIDTHS = [4, 6, 8]
DEPTH = 10
STARTS = [("shallow", 0.01), ("grown", 0.001), ("scratch", 0.001), ("scratch", 0.003), ("scratch", 0.01)]
"""Each with its learning rate."""
SEEDS = list(range(20))
STEPS = 2000


def shallow(width: int, learning_rate: float) -> SpiralRuns:
    """Train two hidden layers."""
    nets = fresh_nets([2, width, width, 1], nn.ReLU, SEEDS)
    return train_on_spirals(nets, SEEDS, STEPS, learning_rate)


def grown(width: int, learning_rate: float) -> SpiralRuns:
    """Train two hidden layers, then grow them to ten and train on."""
    deep = [deepened(net, DEPTH - 2) for net in shallow(width, dict(STARTS)["shallow"]).nets]
    return train_on_spirals(deep, SEEDS, STEPS, learning_rate)


def scratch(width: int, learning_rate: float) -> SpiralRuns:
    """Train ten hidden layers as many steps as the grown nets have had in all."""
    nets = fresh_nets([2] + [width] * DEPTH + [1], nn.ReLU, SEEDS)
    return train_on_spirals(nets, SEEDS, 2 * STEPS, learning_rate)


def run(width: int, start: str, learning_rate: float) -> dict[str, Any]:
    """Train one group of nets, one for each seed."""
    runs = {"shallow": shallow, "grown": grown, "scratch": scratch}[start](width, learning_rate)
    return {
        "width": width,
        "start": start,
        "learning_rate": learning_rate,
        "train_mean": round(runs.train_accuracy.mean().item(), 4),
        "train": [round(value, 4) for value in runs.train_accuracy.tolist()],
        "accuracy": [round(value, 4) for value in runs.true_accuracy.tolist()],
    }


def main(workers: Workers) -> None:
    """Train ten hidden layers on the spiral, from scratch and grown, over seeds."""
    rows = [
        {"width": width, "start": start, "learning_rate": rate} for width in WIDTHS for start, rate in STARTS
    ]
    settings = {"seeds": SEEDS, "steps": 2 * STEPS, "hidden_layers": DEPTH, "activation": "ReLU"}
    sweep = Sweep(rows, run, "lessons/lesson1/deep_start", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

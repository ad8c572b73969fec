"""Width and depth on the spiral: every net at three learning rates, over seeds; the page draws it."""

import time
from itertools import product
from typing import Any

from academy.learn.ensembles import fresh_nets
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson1.spiral_runs import train_on_spirals
from torch import nn

WIDTHS = [2, 3, 4, 6, 8, 16]
DEPTHS = [1, 2, 3, 5, 10]
LEARNING_RATES = [0.003, 0.01, 0.03]
SEEDS = list(range(20))
STEPS = 2000


def run(width: int, depth: int, learning_rate: float) -> dict[str, Any]:
    """Train ReLU nets with ``depth`` hidden layers of ``width`` units, one for each seed."""
    nets = fresh_nets([2] + [width] * depth + [1], nn.ReLU, SEEDS)
    begin = time.perf_counter()
    runs = train_on_spirals(nets, SEEDS, STEPS, learning_rate)
    return {
        "width": width,
        "depth": depth,
        "learning_rate": learning_rate,
        "parameters": sum(parameter.numel() for parameter in nets[0].parameters()),
        "validation_mean": round(runs.validation_accuracy.mean().item(), 4),
        "train_mean": round(runs.train_accuracy.mean().item(), 4),
        "accuracy": [round(value, 4) for value in runs.true_accuracy.tolist()],
        "seconds": round(time.perf_counter() - begin, 1),
    }


def main(workers: Workers) -> None:
    """Train nets of many widths and depths on the spiral, over seeds."""
    rows = [
        {"width": width, "depth": depth, "learning_rate": rate}
        for depth, width, rate in product(DEPTHS, WIDTHS, LEARNING_RATES)
    ]
    settings = {"seeds": SEEDS, "steps": STEPS, "activation": "ReLU", "training_points": 640}
    sweep = Sweep(rows, run, "lessons/lesson1/width_depth", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

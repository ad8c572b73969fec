"""The reference net and smaller ones on the spiral, over seeds. The page draws what it writes."""

import time
from typing import Any

from academy.learn.ensembles import fresh_nets
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson1.spiral_runs import train_on_spirals
from torch import nn

SEEDS = list(range(40))
STEPS = 2000
LEARNING_RATES = [0.001, 0.01]
NETS: list[tuple[list[int], str]] = [
    ([2, 8, 8, 1], "ReLU"),  # at 0.001 the reference
    ([2, 8, 8, 1], "Tanh"),
    ([2, 4, 4, 1], "Tanh"),
    ([2, 8, 1], "ReLU"),
    ([2, 8, 1], "Tanh"),
    ([2, 6, 1], "Tanh"),
    ([2, 5, 1], "Tanh"),
    ([2, 4, 1], "Tanh"),
]


def run(widths: list[int], activation: str, learning_rate: float) -> dict[str, Any]:
    """Train nets of one shape, one for each seed."""
    nets = fresh_nets(widths, getattr(nn, activation), SEEDS)
    begin = time.perf_counter()
    runs = train_on_spirals(nets, SEEDS, STEPS, learning_rate)
    return {
        "widths": widths,
        "activation": activation,
        "learning_rate": learning_rate,
        "parameters": sum(parameter.numel() for parameter in nets[0].parameters()),
        "train_mean": round(runs.train_accuracy.mean().item(), 4),
        "accuracy": [round(value, 4) for value in runs.true_accuracy.tolist()],
        "seconds": round(time.perf_counter() - begin, 1),
    }


def main(workers: Workers) -> None:
    """Train smaller nets than the reference on the spiral, over seeds."""
    rows = [
        {"widths": widths, "activation": activation, "learning_rate": rate}
        for widths, activation in NETS
        for rate in LEARNING_RATES
    ]
    settings = {"seeds": SEEDS, "steps": STEPS, "training_points": 640}
    sweep = Sweep(rows, run, "lessons/lesson1/small_nets", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

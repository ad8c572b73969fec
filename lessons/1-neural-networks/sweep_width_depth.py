"""Width and depth on the spiral: every net at three learning rates, over seeds; the page draws it."""

import time
from typing import Any

from academy.learn.ensembles import fresh_nets
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson1.spiral_runs import train_on_spirals
from torch import nn

WIDTHS = [2, 3, 4, 6, 8, 16]
DEPTHS = [1, 2, 3, 5, 10]
LEARNING_RATES = [0.003, 0.01, 0.03]
SEEDS = list(range(20))
STEPS = 2000


def run(width: int, depth: int, learning_rate: float, seeds: list[int]) -> dict[str, Any]:
    """Train ReLU nets with ``depth`` hidden layers of ``width`` units, one for each seed."""
    nets = fresh_nets([2] + [width] * depth + [1], nn.ReLU, seeds)
    begin = time.perf_counter()
    runs = train_on_spirals(nets, seeds, STEPS, learning_rate)
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


def main() -> None:
    """Run everything and write the results."""
    begin = time.perf_counter()
    rows = []
    for depth in DEPTHS:
        for width in WIDTHS:
            for learning_rate in LEARNING_RATES:
                rows.append(run(width, depth, learning_rate, SEEDS))
                print(f"{depth} × {width} at {learning_rate}: validation {rows[-1]['validation_mean']:.3f}")
    settings = {"seeds": SEEDS, "steps": STEPS, "activation": "ReLU", "training_points": 640}
    write_sweep("lessons/lesson1/width_depth", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()

"""Nets that do not leave the guess from PyTorch's default start, trained for longer: does the plateau end?"""

import math
import time
from typing import Any

import torch
from academy.learn.ensembles import Ensemble, accuracies
from academy.learn.optimizers import Momentum
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson2.clothes_runs import Clothes, clothes, train_on_clothes
from sweep_activations import build

RATES = {("Sigmoid", 4): [0.003, 0.01, 0.03, 0.1, 0.3, 1.0], ("ReLU", 10): [0.03, 0.1]}
"""By activation and number of hidden layers."""
SEEDS = [0, 1, 2]
STEPS = 5000
CURVE_STEPS = 50
"""Losses are averaged over so many steps for the curves."""


def run(
    activation: str, depth: int, learning_rate: float, data: Clothes, seeds: list[int], steps: int
) -> dict[str, Any]:
    """Train one net for each seed, and keep the loss of every stretch of steps; None where it ran away."""
    ensemble = Ensemble(build(activation, depth, "default", seeds))
    optimizer = Momentum(ensemble.parameters.values(), learning_rate)
    losses = train_on_clothes(ensemble, optimizer, data, seeds, steps)
    curves = losses.reshape(-1, CURVE_STEPS, len(seeds)).mean(dim=1).T  # (seeds, stretches)
    report = accuracies(ensemble, data.report_images, data.report_labels)
    return {
        "activation": activation,
        "depth": depth,
        "learning_rate": learning_rate,
        "accuracy": [round(value, 4) for value in report.tolist()],
        "loss_curves": [
            [round(value, 3) if math.isfinite(value) else None for value in curve]
            for curve in curves.tolist()
        ],
    }


def main() -> None:
    """Run every rate and write the results."""
    begin = time.perf_counter()
    torch.set_num_threads(1)
    data = clothes()
    rows = []
    for (activation, depth), rates in RATES.items():
        for rate in rates:
            rows.append(run(activation, depth, rate, data, SEEDS, STEPS))
            print(activation, depth, rate, rows[-1]["accuracy"], flush=True)
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "curve_steps": CURVE_STEPS,
        "batch_size": 100,
        "optimizer": "SGD with momentum 0.9",
        "data": "Fashion-MNIST: the first 10,000 training images; the last 5,000 are reported",
    }
    write_sweep("lessons/lesson2/plateau", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()

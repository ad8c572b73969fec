"""Nets that do not leave the guess from PyTorch's default start, trained for longer: does the plateau end?"""

import math
from collections.abc import Sequence
from typing import Any

from academy.learn.ensembles import Ensemble, accuracies
from academy.learn.optimizers import Momentum
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson2.clothes_runs import BATCH_SIZE, clothes, train_on_clothes
from academy.lessons.lesson2.initializations import build

RATES = {("Sigmoid", 4): [0.003, 0.01, 0.03, 0.1, 0.3, 1.0], ("ReLU", 10): [0.03, 0.1]}
"""By activation and number of hidden layers."""
SEEDS = [0, 1, 2]
STEPS = 5000
CURVE_STEPS = 50
"""Losses are averaged over so many steps for the curves."""


def run(
    activation: str, depth: int, learning_rate: float, seeds: Sequence[int] = SEEDS, steps: int = STEPS
) -> dict[str, Any]:
    """Train one net for each seed, and keep the loss of every stretch of steps; None where it ran away."""
    data = clothes()
    ensemble = Ensemble(build(activation, depth, "default", seeds))
    optimizer = Momentum(ensemble.parameters.values(), learning_rate)
    losses = train_on_clothes(ensemble, optimizer, data, seeds, steps)
    curves = losses.reshape(-1, CURVE_STEPS, len(seeds)).mean(dim=1).T  # (seeds, stretches)
    return {
        "activation": activation,
        "depth": depth,
        "learning_rate": learning_rate,
        "accuracy": [round(value, 4) for value in accuracies(ensemble, *data.test).tolist()],
        "loss_curves": [
            [round(value, 3) if math.isfinite(value) else None for value in curve]
            for curve in curves.tolist()
        ],
    }


def main(workers: Workers) -> None:
    """Train nets that stay at the guess for longer, at every rate, over seeds."""
    rows = [
        {"activation": activation, "depth": depth, "learning_rate": rate}
        for (activation, depth), rates in RATES.items()
        for rate in rates
    ]
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "curve_steps": CURVE_STEPS,
        "batch_size": BATCH_SIZE,
        "optimizer": "SGD with momentum 0.9",
        "data": "Fashion-MNIST: the first 10,000 training images; the last 5,000 are reported",
    }
    sweep = Sweep(rows, run, "lessons/lesson2/plateau", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

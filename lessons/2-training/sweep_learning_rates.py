"""Learning rates and schedules for three optimizers, over seeds. The page draws what it writes."""

import math
import time
from collections.abc import Sequence
from typing import Any

import torch
from academy.learn import schedules
from academy.learn.ensembles import Ensemble, accuracies, fresh_nets
from academy.learn.optimizers import SGD, Adam, Momentum, Optimizer
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson2.clothes_runs import BATCH_SIZE, clothes, train_on_clothes
from torch import nn

OPTIMIZERS: dict[str, type[Optimizer]] = {"sgd": SGD, "momentum": Momentum, "adam": Adam}
SCHEDULES = {"constant": schedules.constant, "cosine": schedules.cosine, "one-cycle": schedules.one_cycle}
RATES = {
    "sgd": [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0],
    "momentum": [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0],
    "adam": [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
}
"""From rates that crawl to rates that fail, two to each factor of ten."""
WIDTHS = [784, 128, 64, 10]
SEEDS = list(range(10))
STEPS = 1000
CURVE_STEPS = 20
"""Losses are averaged over so many steps for the curves."""


def finite(values: torch.Tensor) -> list[float | None]:
    """Round to three significant digits; None where a net has run away to infinity."""
    return [float(f"{value:.3g}") if math.isfinite(value) else None for value in values.tolist()]


def run(optimizer: str, learning_rate: float, schedule: str, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Train one net for each seed."""
    begin = time.perf_counter()
    data = clothes()
    ensemble = Ensemble(fresh_nets(WIDTHS, nn.ReLU, seeds))
    chosen = OPTIMIZERS[optimizer](ensemble.parameters.values(), learning_rate)
    losses = train_on_clothes(ensemble, chosen, data, seeds, STEPS, SCHEDULES[schedule])
    return {
        "optimizer": optimizer,
        "learning_rate": learning_rate,
        "schedule": schedule,
        "choice_mean": round(accuracies(ensemble, *data.validation).mean().item(), 4),
        "accuracy": [round(value, 4) for value in accuracies(ensemble, *data.test).tolist()],
        "loss_curve": finite(losses.mean(dim=1).reshape(-1, CURVE_STEPS).mean(dim=1)),
        "seconds": round(time.perf_counter() - begin, 1),
    }


def rows_of(optimizer: str, rates: Sequence[float], schedule: str) -> list[Row]:
    """Name runs at every rate."""
    return [{"optimizer": optimizer, "learning_rate": rate, "schedule": schedule} for rate in rates]


def scheduled(constant: Sequence[Row]) -> list[Row]:
    """Name the runs with a schedule: for each optimizer at its best constant rate and at the one above."""
    rows = []
    for name, rates in RATES.items():
        own = [row["choice_mean"] for row in constant if row["optimizer"] == name]
        best = own.index(max(own))
        for schedule in ("cosine", "one-cycle"):
            rows += rows_of(name, rates[best : best + 2], schedule)
    return rows


def main(workers: Workers) -> None:
    """Train at every rate, then with schedules at the best constant rate and at the one above it."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "widths": WIDTHS,
        "rates": RATES,
        "curve_steps": CURVE_STEPS,
        "data": "Fashion-MNIST: the first 10,000 training images; of the last 10,000, the first half chose "
        "rates, the second half is reported",
    }
    rows = [row for name, rates in RATES.items() for row in rows_of(name, rates, "constant")]
    constant = Sweep(rows, run, "lessons/lesson2/learning_rates", settings).results(workers)
    rows = sorted([*rows, *scheduled(constant)], key=lambda row: list(RATES).index(row["optimizer"]))
    sweep = Sweep(rows, run, "lessons/lesson2/learning_rates", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

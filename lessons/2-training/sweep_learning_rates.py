"""Learning rates and schedules for three optimizers, over seeds. The page draws what it writes."""

import math
import time
from typing import Any

import torch
from academy.learn import schedules
from academy.learn.ensembles import Ensemble, accuracies, fresh_nets
from academy.learn.optimizers import SGD, Adam, Momentum, Optimizer
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson2.clothes_runs import Clothes, clothes, train_on_clothes
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
SEEDS = [0, 1, 2]
STEPS = 1000
CURVE_STEPS = 20
"""Losses are averaged over so many steps for the curves."""


def finite(values: torch.Tensor) -> list[float | None]:
    """Round to three significant digits; None where a net has run away to infinity."""
    return [float(f"{value:.3g}") if math.isfinite(value) else None for value in values.tolist()]


def run(
    optimizer_name: str, learning_rate: float, schedule: str, data: Clothes, seeds: list[int]
) -> dict[str, Any]:
    """Train one net for each seed."""
    begin = time.perf_counter()
    ensemble = Ensemble(fresh_nets(WIDTHS, nn.ReLU, seeds))
    optimizer = OPTIMIZERS[optimizer_name](ensemble.parameters.values(), learning_rate)
    losses = train_on_clothes(ensemble, optimizer, data, seeds, STEPS, SCHEDULES[schedule])
    choice = accuracies(ensemble, data.choice_images, data.choice_labels)
    report = accuracies(ensemble, data.report_images, data.report_labels)
    return {
        "optimizer": optimizer_name,
        "learning_rate": learning_rate,
        "schedule": schedule,
        "choice_mean": round(choice.mean().item(), 4),
        "accuracy": [round(value, 4) for value in report.tolist()],
        "loss_curve": finite(losses.mean(dim=1).reshape(-1, CURVE_STEPS).mean(dim=1)),
        "seconds": round(time.perf_counter() - begin, 1),
    }


def main() -> None:
    """Run every rate, then the schedules at the best constant rate and at the one above it."""
    begin = time.perf_counter()
    torch.set_num_threads(1)
    data = clothes()
    rows = []
    for name, rates in RATES.items():
        constant = []
        for rate in rates:
            constant.append(run(name, rate, "constant", data, SEEDS))
            print(name, rate, constant[-1]["choice_mean"], constant[-1]["seconds"], flush=True)
        best = max(range(len(rates)), key=lambda index: constant[index]["choice_mean"])
        rows += constant
        for schedule in ("cosine", "one-cycle"):
            for rate in rates[best : best + 2]:
                rows.append(run(name, rate, schedule, data, SEEDS))
                print(name, rate, schedule, rows[-1]["choice_mean"], flush=True)
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "batch_size": 100,
        "widths": WIDTHS,
        "rates": RATES,
        "curve_steps": CURVE_STEPS,
        "data": "Fashion-MNIST: the first 10,000 training images; of the last 10,000, the first half chose "
        "rates, the second half is reported",
    }
    write_sweep("lessons/lesson2/learning_rates", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()

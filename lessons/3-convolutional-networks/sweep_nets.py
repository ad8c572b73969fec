"""Seven nets on Fashion-MNIST: accuracy, parameters and processor time, each net tuned with the same care."""

import time
from typing import Any

import torch
from academy.data.augmentation import random_affine, random_horizontal_flip
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson3.clothes_runs import BATCH_SIZE, accuracy, clothes, first, trained
from academy.lessons.lesson3.nets import CANDIDATES

SEEDS = [0, 1, 2, 3, 4]
RATES = [0.001, 0.003, 0.01]
TRIAL = 1 / 5
"""Share of the steps that a trial takes."""
TRAINING_IMAGES_MEASURED = 10_000
MEASURED = ("training", "validation", "test", "seconds", "predict_seconds")
"""What the table has for each seed."""


def augment(images: torch.Tensor) -> torch.Tensor:
    """Mirror half of the images, and move each by up to one pixel."""
    return random_affine(random_horizontal_flip(images), translate=1)


def run(net: str, rate: float, augmented: bool, seed: int, trial: bool) -> dict[str, Any]:
    """Train one net and measure it.

    Args:
        net: One of the candidates.
        rate: Highest learning rate.
        augmented: Whether it sees augmented images.
        seed: Where it begins.
        trial: Whether to train it for less time, and measure it on the validation images alone.
    """
    candidate, data = CANDIDATES[net], clothes()
    steps = candidate.epochs * (len(data.train.labels) // BATCH_SIZE)
    steps = round(TRIAL * steps) if trial else steps
    model, _, seconds = trained(
        candidate.build, data.train, seed, steps, rate, augment if augmented else None
    )
    begin = time.process_time()
    row = {"validation": accuracy(model, data.validation), "seconds": round(seconds, 1)}
    if trial:
        return row
    return row | {
        "predict_seconds": round(time.process_time() - begin, 2),
        "training": accuracy(model, first(data.train, TRAINING_IMAGES_MEASURED)),
        "test": accuracy(model, data.test),
        "epochs": candidate.epochs,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
    }


def trial_of(net: str, rate: float, augmented: bool = False) -> Row:
    """Name a trial."""
    return {"net": net, "rate": rate, "augmented": augmented, "seed": 0, "trial": True}


def final_of(trial: Row, seed: int) -> Row:
    """Name the whole training that a trial was for."""
    chosen = {name: trial[name] for name in ("net", "rate", "augmented")}
    return {**chosen, "seed": seed, "trial": False}


def best_of(trials: list[Row]) -> Row:
    """Find the trial that was best on the validation images."""
    return max(trials, key=lambda trial: trial["validation"])


def merged(trials: list[Row], results: list[Row]) -> Row:
    """Make one row of a net's trials and of the results of its seeds."""
    lists = {name: [result[name] for result in results] for name in MEASURED}
    head = {name: results[0][name] for name in ("net", "parameters", "epochs", "rate", "augmented")}
    tried = [[trial["rate"], trial["augmented"], trial["validation"]] for trial in trials]
    return head | {"trials": tried} | lists


def main(workers: Workers) -> None:
    """Choose each net's learning rate, then its augmentation, by validation; then train and test it."""
    settings = {
        "seeds": SEEDS,
        "rates": RATES,
        "trial": "a fifth of the steps, seed 0",
        "batch_size": BATCH_SIZE,
        "optimizer": "Adam, one-cycle",
        "augmentation": "mirrored, and moved by up to one pixel",
        "data": "Fashion-MNIST: 50,000 images to train with, 10,000 for validation, the 10,000 test images",
        "seconds": "processor time of one thread for one net",
        "predict_seconds": "the same for 10,000 images",
    }

    def results(rows: list[Row]) -> dict[str, list[Row]]:
        found = Sweep(rows, run, "lessons/lesson3/nets", settings).results(workers)
        return {
            net: [row | result for row, result in zip(rows, found) if row["net"] == net] for net in CANDIDATES
        }

    rates = results([trial_of(net, rate) for net in CANDIDATES for rate in RATES])
    augmented = results([trial_of(net, best_of(rates[net])["rate"], True) for net in CANDIDATES])
    trials = {net: rates[net] + augmented[net] for net in CANDIDATES}
    final = results([final_of(best_of(trials[net]), seed) for seed in SEEDS for net in CANDIDATES])
    table = [merged(trials[net], final[net]) for net in CANDIDATES]
    Sweep([], run, "lessons/lesson3/nets", settings).write(table)


if __name__ == "__main__":
    command(main)

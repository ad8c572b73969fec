"""Handwritten digits end to end: the reference network beside a smaller and better ones, over seeds."""

from collections.abc import Sequence
from typing import Any

import torch
from academy.data.images import mnist
from academy.learn.classification import evaluate, predict
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson2.digit_recipes import (
    BATCH_SIZE,
    RECIPES,
    REFERENCE,
    digits_of,
    recipe_of,
    trained,
)

SEEDS = list(range(10))


def run(net: str, tested: bool = False, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Train one net for each seed and measure it on the validation images.

    Args:
        net: Name of the recipe.
        tested: Whether to open the test images too.
        seeds: Where the nets begin.
    """
    recipe, digits = recipe_of(net), digits_of(mnist())
    nets, seconds = zip(*(trained(recipe, digits.train, seed) for seed in seeds))
    answers = torch.stack([predict(own, digits.validation.images).argmax(dim=1) for own in nets])
    right = answers == digits.validation.labels  # (seeds, validation images)
    row = {
        "net": recipe.name,
        "hidden_units": list(recipe.hidden_units),
        "epochs": recipe.epochs,
        "parameters": sum(parameter.numel() for parameter in nets[0].parameters()),
        "train_accuracy": [round(evaluate(own, *digits.train)[1], 4) for own in nets],
        "accuracy": [round(value, 4) for value in right.double().mean(dim=1).tolist()],
        "seconds": round(sum(seconds) / len(seconds), 1),
        "times_right": right.sum(dim=0).tolist(),
    }
    if tested:
        row["test_accuracy"] = [round(evaluate(own, *digits.test)[1], 4) for own in nets]
    return row


def main(workers: Workers) -> None:
    """Train every recipe, choose by validation, and test the chosen one and the reference, trained again."""
    data = mnist()
    digits = digits_of(data)
    settings = {
        "seeds": SEEDS,
        "optimizer": "Adam, learning rate 0.001; one-cycle peaks at 0.003",
        "batch_size": BATCH_SIZE,
        "data": data.source,
        "training_images": len(digits.train.labels),
        "validation_images": len(digits.validation.labels),
        "test_images": len(data.test_labels),
        "seconds": "processor time of one thread for one net",
        "times_right": "for each validation image, how many of the nets read it rightly",
    }
    sweep = sweep_of([{"net": recipe.name} for recipe in RECIPES], settings)
    results = sweep.results(workers)
    best = max(results, key=lambda row: sum(row["accuracy"]))["net"]
    again = sweep_of([{"net": net, "tested": True} for net in {best: 0, REFERENCE: 0}], settings)
    tested = {row["net"]: row for row in again.results(workers)}
    sweep.write([tested.get(row["net"], row) for row in results], chosen=best)


def sweep_of(rows: list[Row], settings: Row) -> Sweep:
    """Collect runs of this sweep."""
    return Sweep(rows, run, "lessons/lesson2/mnist", settings)


if __name__ == "__main__":
    command(main)

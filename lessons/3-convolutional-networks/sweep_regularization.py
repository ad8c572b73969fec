"""Dropout and batch normalization, alone, together and in the wrong order, on few and on more pictures."""

from collections.abc import Sequence
from functools import partial

import torch
from academy.learn.classification import evaluate
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson3.clothes_runs import BATCH_SIZE, clothes, first, standardized, trained
from academy.nets.small_cnn import small_cnn
from torch import nn

SEEDS = [0, 1, 2, 3, 4]
STEPS = {1_000: 240, 10_000: 240}
"""By the number of training pictures."""
RATE = 0.01
DROPOUT = 0.5
CURVE_STEPS = 20
"""Losses are averaged over so many steps for the curves."""
VARIANTS: list[Row] = [
    {"norm": False, "dropout": 0.0, "order": "after"},
    {"norm": False, "dropout": DROPOUT, "order": "after"},
    {"norm": True, "dropout": 0.0, "order": "after"},
    {"norm": True, "dropout": DROPOUT, "order": "after"},
    {"norm": True, "dropout": DROPOUT, "order": "before"},
]


def build(norm: bool, dropout: float, order: str) -> nn.Sequential:
    """Build the small CNN, its one dropout after all normalization or right before the last."""
    if order == "after":
        return small_cnn(norm, dropout)
    layers = list(small_cnn(norm))
    last = max(place for place, layer in enumerate(layers) if isinstance(layer, nn.BatchNorm2d))
    return nn.Sequential(*layers[:last], nn.Dropout(dropout), *layers[last:])


def run(norm: bool, dropout: float, order: str, pictures: int, seeds: Sequence[int] = SEEDS) -> Row:
    """Train one net for each seed.

    Args:
        norm: Whether the net has batch normalization.
        dropout: Share of the numbers that are dropped.
        order: Whether dropout comes "after" all normalization or "before" the last.
        pictures: How many to train with.
        seeds: Where the nets begin.
    """
    train, rows, losses = first(clothes().train, pictures), [], []
    for seed in seeds:
        done = trained(partial(build, norm, dropout, order), train, seed, STEPS[pictures], RATE)
        losses.append(done.losses.reshape(-1, CURVE_STEPS).mean(dim=1))
        measured = (evaluate(done.net, *standardized(part)) for part in (train, clothes().validation))
        rows.append([round(value, 4) for pair in measured for value in pair])
    names = ("training_loss", "training", "loss", "validation")
    return {
        "norm": norm,
        "dropout": dropout,
        "order": order,
        "pictures": pictures,
        **dict(zip(names, map(list, zip(*rows)))),
        "loss_curve": [round(value, 3) for value in torch.stack(losses).mean(dim=0).tolist()],
    }


def main(workers: Workers) -> None:
    """Train the small CNN in five variants on few and on more pictures, over seeds."""
    settings = {
        "seeds": SEEDS,
        "steps": {str(pictures): steps for pictures, steps in STEPS.items()},
        "curve_steps": CURVE_STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "data": "Fashion-MNIST: the first training images; the last 10,000 for validation",
    }
    rows = [{**variant, "pictures": pictures} for pictures in STEPS for variant in VARIANTS]
    sweep = Sweep(rows, run, "lessons/lesson3/regularization", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

"""What copies of a picture in training do to what a network knows of it: for Homework 3."""

from typing import Any

import torch
from academy.learn.classification import evaluate, train_classifier
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson3.homework.moved_clothes import GARMENTS, PLACES, moved_clothes, unseen_clothes
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

SEEDS = [0, 1, 2, 3]
STEPS = 500
RATE = 0.01
MEASURED = 1500
"""Garments of which one picture each is kept back."""
TRAINED = MEASURED * (PLACES - 1)
"""Pictures to train with, of as many garments: either the same ones, or the others."""


def three_blocks() -> nn.Sequential:
    """Build the design ``flat`` of the homework's solution: 18,170 parameters."""
    layers: list[nn.Module] = []
    for inputs, outputs, size in ((1, 12, 5), (12, 24, 3), (24, 40, 3)):
        layers.append(nn.Conv2d(inputs, outputs, size, stride=2, padding=size // 2))
        layers += [nn.BatchNorm2d(outputs), nn.ReLU()]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(40 * 4 * 4, 10))


def parts(copies: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """Say which pictures to train with and which are kept back, as indices.

    Args:
        copies: Whether the first are the other pictures of the garments that are kept back.
    """
    garments = moved_clothes().garments  # numbered, and shown, in any order
    first = torch.stack([(garments == number).nonzero()[0, 0] for number in range(GARMENTS)])
    training = (garments < MEASURED) == copies
    training[first] = False  # three pictures of each garment, measured or not
    return training.nonzero().squeeze(1), first[:MEASURED]


def run(copies: bool, seed: int) -> dict[str, Any]:
    """Train a CNN, and measure it on what is kept back, and on unseen clothes.

    Args:
        copies: Whether the same garments, at other places, are trained with.
        seed: Where the net begins.
    """
    clothes, unseen, (training, kept) = moved_clothes(), unseen_clothes(), parts(copies)
    seed_everything(seed)
    net = three_blocks()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE)
    schedule = LambdaLR(optimizer, lambda step: one_cycle(step / STEPS))
    images, labels = clothes.images[training] / 255, clothes.labels[training]
    train_classifier(net, optimizer, images, labels, STEPS, after_step=[stepping(schedule)])
    own = evaluate(net, clothes.images[kept] / 255, clothes.labels[kept])[1]
    others = evaluate(net, unseen.images / 255, unseen.labels)[1]
    return {"copies": copies, "seed": seed, "kept_back": round(own, 4), "unseen": round(others, 4)}


def main(workers: Workers) -> None:
    """Train with and without copies of what is kept back."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "rate": RATE,
        "optimizer": "AdamW, one-cycle",
        "net": "the solution's three blocks, 18,170 parameters",
        "pictures": TRAINED,
        "kept_back": MEASURED,
        "data": "moved Fashion-MNIST: 3,000 garments at four places each; 4,000 others unseen, at one",
    }
    rows = [{"copies": copies, "seed": seed} for seed in SEEDS for copies in (True, False)]
    sweep = Sweep(rows, run, "lessons/lesson3/homework3/copies", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

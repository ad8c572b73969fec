"""What copies of a picture in training do to what a network knows of it: for Homework 3."""

from typing import Any

import torch
from academy.learn.classification import evaluate
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson3.homework.moved_clothes import GARMENTS, PLACES, moved_clothes, unseen_clothes
from academy.lessons.lesson3.homework.nets_within_budget import RATE, taught, three_blocks

SEEDS = [0, 1, 2, 3]
STEPS = 500
MEASURED = 1500
"""Garments of which one picture each is kept back."""
TRAINED = MEASURED * (PLACES - 1)
"""Pictures to train with, of as many garments: either the same ones, or the others."""


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
    taught(net, clothes.images[training] / 255, clothes.labels[training], STEPS)
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

"""What a split among pictures flatters, where a garment is shown at several places: for Homework 3."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import torch
from academy.learn.classification import evaluate, train_classifier
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson3.homework.moved_clothes import GARMENTS, PLACES, moved_clothes, unseen_clothes
from academy.lessons.lesson3.nets import CANDIDATES
from torch.optim.lr_scheduler import LambdaLR

SEEDS = [0, 1, 2]
STEPS = 400
RATE = 0.01
KEPT_BACK = GARMENTS * PLACES // 5
SPLITS = ["among pictures", "among garments"]


def kept_back(split: str) -> torch.Tensor:
    """Say which pictures are kept back, shape (count,), bool."""
    clothes = moved_clothes()
    if split == "among garments":
        return clothes.garments < GARMENTS // 5  # they are numbered at random
    return torch.arange(len(clothes.labels)) < KEPT_BACK  # and so are the pictures


def run(split: str, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Train the lesson's three blocks for each seed; measure them on what is kept back, and on unseen clothes.

    Args:
        split: Among what is drawn: "among pictures" or "among garments".
        seeds: Where the nets begin.
    """
    clothes, unseen, kept = moved_clothes(), unseen_clothes(), kept_back(split)
    measured: dict[str, list[float]] = {"kept_back": [], "unseen": []}
    for seed in seeds:
        seed_everything(seed)
        net = CANDIDATES["flat_cnn"].build()
        optimizer = torch.optim.AdamW(net.parameters(), lr=RATE)
        schedule = LambdaLR(optimizer, lambda step: one_cycle(step / STEPS))
        train = partial(train_classifier, net, optimizer, after_step=[stepping(schedule)])
        train(clothes.images[~kept] / 255, clothes.labels[~kept], STEPS)
        for name, images, labels in (
            ("kept_back", clothes.images[kept], clothes.labels[kept]),
            ("unseen", unseen.images, unseen.labels),
        ):
            measured[name].append(round(evaluate(net, images / 255, labels)[1], 4))
    copied = torch.isin(clothes.garments[kept], clothes.garments[~kept]).double().mean().item()
    return {"split": split, "copied": round(copied, 4), **measured}


def main(workers: Workers) -> None:
    """Split in both ways, and measure."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "rate": RATE,
        "optimizer": "AdamW, one-cycle",
        "net": "flat_cnn",
        "data": "moved Fashion-MNIST: 3,000 garments at four places each; 4,000 others unseen, at one",
        "copied": "share of the pictures kept back whose garment is among those to train with",
    }
    rows = [{"split": split} for split in SPLITS]
    sweep = Sweep(rows, run, "lessons/lesson3/homework3/copies", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

"""What batch normalization and neighborhood are worth within a budget, for Homework 3: about a minute."""

from typing import Any

import torch
from academy.learn.classification import evaluate
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson3.homework.moved_clothes import GARMENTS, moved_clothes, unseen_clothes
from academy.lessons.lesson3.homework.nets_within_budget import RATE, full, taught, three_blocks

SEEDS = [1, 2, 3]
KEPT_BACK = GARMENTS // 5
"""Garments that are kept back, with all of their pictures: those of the solution."""
STEPS = {"full": 480, "CNN": 288, "CNN without batch normalization": 288}
"""Of each network, 96 an epoch, as in the solution."""
BUILDS = {
    "full": full,
    "CNN": three_blocks,
    "CNN without batch normalization": lambda: three_blocks(normalized=False),
}
CASES = [*((net, False) for net in BUILDS), ("full", True), ("CNN", True)]
"""Networks, and whether the pixels of all pictures are shuffled."""


def shuffled(images: torch.Tensor) -> torch.Tensor:
    """Put the pixels of all pictures into one other order."""
    order = torch.randperm(images[0].numel(), generator=torch.Generator().manual_seed(0))
    return images.flatten(1)[:, order].reshape(images.shape)


def run(net: str, permuted: bool, seed: int) -> dict[str, Any]:
    """Train a network, and measure it on what is kept back, and on unseen clothes.

    Args:
        net: Its name.
        permuted: Whether the pixels of all pictures, unseen ones among them, are shuffled by one permutation.
        seed: Where the network begins.
    """
    clothes, unseen = moved_clothes(), unseen_clothes()
    kept = torch.randperm(GARMENTS, generator=torch.Generator().manual_seed(0))[:KEPT_BACK]
    is_kept = torch.isin(clothes.garments, kept)
    images, others = (shuffled(each.images) if permuted else each.images for each in (clothes, unseen))
    seed_everything(seed)
    own = BUILDS[net]()
    taught(own, images[~is_kept] / 255, clothes.labels[~is_kept], STEPS[net])
    known = evaluate(own, images[is_kept] / 255, clothes.labels[is_kept])[1]
    new = evaluate(own, others / 255, unseen.labels)[1]
    accuracies = {"kept_back": round(known, 4), "unseen": round(new, 4)}
    return {"net": net, "permuted": permuted, "seed": seed, **accuracies}


def main(workers: Workers) -> None:
    """Train each network on pictures as they are, and two on shuffled pixels."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "rate": RATE,
        "optimizer": "AdamW, one-cycle",
        "garments_kept_back": KEPT_BACK,
        "data": "moved Fashion-MNIST: 3,000 garments at four places each; 4,000 others unseen, at one",
    }
    rows = [{"net": net, "permuted": permuted, "seed": seed} for seed in SEEDS for net, permuted in CASES]
    sweep = Sweep(rows, run, "lessons/lesson3/homework3/neighbors", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

"""Weight decay in two ways and several strengths, on 200 to 5,000 pictures of clothes, over draws of them."""

from collections.abc import Callable, Iterator, Sequence

import torch
from academy.learn.batches import shuffled_batches
from academy.learn.ensembles import Ensemble, accuracies, fresh_nets, train_classifiers
from academy.learn.optimizers import Optimizer
from academy.learn.schedules import one_cycle
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.clothes_runs import BATCH_SIZE, Standardize, clothes, drawn_indices
from academy.lessons.lesson4.weight_decay import AdamL2, AdamW
from torch import nn
from torch.nn import functional as F

SEEDS = [0, 1, 2, 3, 4]
HIDDEN_UNITS = 100
STEPS = 600
RATE = 0.003
KINDS: dict[str, Callable[..., Optimizer]] = {"L2 penalty": AdamL2, "decoupled": AdamW}
STRENGTHS = {"L2 penalty": [0.0, 1e-3, 1e-2, 1e-1], "decoupled": [0.3, 1.0, 3.0, 10.0]}
"""Without strength both ways are plain Adam, which is trained once."""
PICTURES = [200, 1_000, 5_000]
VALIDATION_IMAGES = 5_000


def batches_of(chosen: torch.Tensor, seed: int) -> Iterator[torch.Tensor]:
    """Give batches of indices of the pictures that were drawn."""
    order = shuffled_batches(len(chosen), BATCH_SIZE, torch.Generator().manual_seed(seed))
    return (chosen[own] for own in order)


@torch.no_grad()
def losses(ensemble: Ensemble, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Give the mean cross-entropy of each net, shape (nets,)."""
    logits = ensemble(images, each_its_own=images.dim() == 3).movedim(-1, 1)  # (nets, classes, count)
    return F.cross_entropy(logits, labels.expand(len(logits), -1), reduction="none").mean(dim=1)


def rounded(values: torch.Tensor) -> list[float]:
    """Write numbers as they come into a table."""
    return [round(value, 4) for value in values.tolist()]


def run(kind: str, strength: float, pictures: int, seeds: Sequence[int] = SEEDS) -> Row:
    """Train one net for each seed, side by side, and measure its weights and its gap.

    Args:
        kind: Of weight decay.
        strength: Of weight decay.
        pictures: How many to train with.
        seeds: Of the draws of pictures, the weights and the batches.
    """
    images, labels = clothes().train
    images = Standardize()(images).flatten(1)
    ensemble = Ensemble(fresh_nets([784, HIDDEN_UNITS, 10], nn.ReLU, seeds))
    optimizer = KINDS[kind](ensemble.parameters.values(), RATE, strength)
    chosen = torch.stack([drawn_indices(len(labels), pictures, seed) for seed in seeds])
    batches = [batches_of(own, seed) for own, seed in zip(chosen, seeds)]
    train_classifiers(ensemble, optimizer, images, labels, batches, STEPS, one_cycle)
    held_out = Standardize()(clothes().validation.images[:VALIDATION_IMAGES]).flatten(1)
    answers = clothes().validation.labels[:VALIDATION_IMAGES]
    seen = images[chosen], labels[chosen]
    with torch.no_grad():
        right = (ensemble(seen[0], each_its_own=True).argmax(-1) == seen[1]).double().mean(dim=1)
        squares = [weight.flatten(1).square().sum(dim=1) for weight in ensemble.parameters.values()]
    return {
        "kind": kind,
        "strength": strength,
        "pictures": pictures,
        "norm": rounded(torch.stack(squares).sum(dim=0).sqrt()),
        "training_loss": rounded(losses(ensemble, *seen)),
        "training": rounded(right),
        "validation_loss": rounded(losses(ensemble, held_out, answers)),
        "validation": rounded(accuracies(ensemble, held_out, answers)),
    }


def main(workers: Workers) -> None:
    """Train a net with each kind and strength of weight decay on each number of pictures."""
    settings = {
        "seeds": SEEDS,
        "net": f"784-{HIDDEN_UNITS}-10, ReLU",
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "the lesson's AdamL2 and AdamW, one-cycle",
        "data": "Fashion-MNIST: training pictures drawn at random; 5,000 others for validation",
        "norm": "of all weights and biases together",
    }
    rows = [
        {"kind": kind, "strength": strength, "pictures": pictures}
        for pictures in PICTURES
        for kind in KINDS
        for strength in STRENGTHS[kind]
    ]
    sweep = Sweep(rows, run, "lessons/lesson4/weight_decay", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

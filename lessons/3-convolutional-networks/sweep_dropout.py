"""Dropout where it has a fair trial: few pictures, trained for long, with and without batch normalization."""

from collections.abc import Sequence
from functools import partial

from academy.learn.classification import evaluate
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson3.clothes_runs import BATCH_SIZE, clothes, first, standardized, trained
from academy.nets.small_cnn import small_cnn

SEEDS = [0, 1, 2, 3, 4]
PICTURES = 1_000
STEPS = 2_400
RATE = 0.01
SHARES = [0.0, 0.2, 0.5]
"""Of the numbers before the last layer, how many are dropped."""


def run(norm: bool, dropout: float, seeds: Sequence[int] = SEEDS) -> Row:
    """Train the small CNN for each seed.

    Args:
        norm: Whether it has batch normalization.
        dropout: Share of the numbers that are dropped before its last layer.
        seeds: Where the nets begin.
    """
    train, rows = first(clothes().train, PICTURES), []
    for seed in seeds:
        net = trained(partial(small_cnn, norm, dropout), train, seed, STEPS, RATE).net
        measured = (evaluate(net, *standardized(part)) for part in (train, clothes().validation))
        rows.append([round(value, 4) for pair in measured for value in pair])
    names = ("training_loss", "training", "loss", "validation")
    return {"norm": norm, "dropout": dropout, **dict(zip(names, map(list, zip(*rows))))}


def main(workers: Workers) -> None:
    """Train the small CNN for long on few pictures, without and with dropout, over seeds."""
    settings = {
        "seeds": SEEDS,
        "pictures": PICTURES,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "data": "Fashion-MNIST: the first training images; the last 10,000 for validation",
    }
    rows = [{"norm": norm, "dropout": share} for norm in (False, True) for share in SHARES]
    sweep = Sweep(rows, run, "lessons/lesson3/dropout", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

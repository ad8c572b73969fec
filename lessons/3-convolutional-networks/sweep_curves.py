"""Curves of trainings with a fault each, for Homework 3: about two minutes of one core."""

from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson3.homework.watched_training import (
    EPOCHS,
    FAULTS,
    KEPT_BACK,
    MEASURED_AT_ONCE,
    PICTURES,
    RATE,
    watched,
)


def main(workers: Workers) -> None:
    """Train once with each fault, and keep the curves."""
    settings = {
        "seed": 0,
        "pictures": PICTURES,
        "kept_back": KEPT_BACK,
        "epochs": EPOCHS,
        "rate": RATE,
        "optimizer": "Adam",
        "measured_at_once": MEASURED_AT_ONCE,
        "faults": {name: str(fault) for name, fault in FAULTS.items()},
        "data": "Fashion-MNIST: the first training images, and the first of the last 10,000 to measure on",
    }
    sweep = Sweep([{"name": name} for name in FAULTS], watched, "lessons/lesson3/homework3/curves", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

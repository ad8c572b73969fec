"""Accuracy with fewer training sentences, others for each of five seeds; about 20 minutes of one core.

That with all of them is in ``sweep_sentiment.py``.
"""

from dataclasses import asdict

from academy.data.sentences import TEST, VALIDATION, sentence_split
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson6.methods import BAG, classifier
from academy.lessons.lesson6.sentiment_recipes import chosen_recipe
from academy.lessons.lesson6.sentiment_training import BEGINNINGS

SIZES = [100, 300, 1_000, 3_000]
SEEDS = [0, 1, 2, 3, 4]
METHODS = (BAG, *BEGINNINGS)


def run(method: str, size: int, seed: int) -> Row:
    """Train on some sentences, and measure on the test sentences."""
    split = sentence_split()
    found = classifier(method, split.train.draw(size, seed), split.validation, seed)
    right = (found.score(split.test) > 0) == split.test.positive.bool()
    return {"test": round(right.double().mean().item(), 4)}


def main(workers: Workers) -> None:
    """Train all methods on all sizes."""
    settings = {
        "seeds": SEEDS,
        "sentences": {"training": SIZES, "validation": VALIDATION, "test": TEST},
        "recipes": {beginning: asdict(chosen_recipe(beginning)) for beginning in BEGINNINGS},
    }
    rows = [
        {"method": method, "size": size, "seed": seed}
        for seed in SEEDS
        for size in SIZES
        for method in METHODS
    ]
    sweep = Sweep(rows, run, "lessons/lesson6/sentences", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

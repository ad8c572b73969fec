"""Four ways to tell twelve kinds of emoji apart, from 1, 5, 20 and 100 pictures of each, over seeds."""

import time
from collections import defaultdict

import torch
from academy.data.emoji_kinds import examples_of_each
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.transfer import BATCH_SIZE, accuracy
from academy.lessons.lesson4.transfer_methods import (
    BLOCK_RATE,
    FRONT_RATE,
    HEAD_RATE,
    METHODS,
    SCRATCH_RATE,
    SIDE,
    split,
)
from academy.nets.pretrained import image_backbone

SEEDS = [0, 1, 2, 3, 4]
MEASURED = ("new_things", "test", "seconds")


def run(method: str, examples: int, seed: int) -> Row:
    """Train in one way and measure on things that no training picture shows.

    Args:
        method: One of ``METHODS``.
        examples: Pictures of each kind, drawn at random by the seed.
        seed: Of all random numbers.
    """
    data, way = split(), METHODS[method]
    chosen = examples_of_each(data.train.labels, examples, seed)
    done = way.train(chosen, way.steps[examples], seed)
    return {
        "new_things": accuracy(done.run.net, done.of_pictures(data.new_things), data.new_things.labels),
        "test": accuracy(done.run.net, done.of_pictures(data.test), data.test.labels),
        "seconds": round(done.run.seconds, 2),
    }


def seconds_of_features(count: int = 64) -> float:
    """Measure what the features of a picture cost when they are not on the disk."""
    pictures, backbone = split().train.images[:count], image_backbone(SIDE)
    begin = time.process_time()
    with torch.no_grad():
        backbone(pictures)
    return round((time.process_time() - begin) / count, 4)


def main(workers: Workers) -> None:
    """Train in every way from every number of examples, all from five seeds."""
    settings = {
        "seeds": SEEDS,
        "steps": {
            name: {str(count): steps for count, steps in way.steps.items()} for name, way in METHODS.items()
        },
        "batch_size": BATCH_SIZE,
        "side": SIDE,
        "optimizer": "Adam, one-cycle",
        "rates": {"head": HEAD_RATE, "last block": BLOCK_RATE, "front": FRONT_RATE, "scratch": SCRATCH_RATE},
        "chosen": "rates on training things alone: 24 in two styles to train with, 10 others in a third",
        "new_things": "accuracy on 432 pictures of new things in the styles of the training pictures",
        "test": "accuracy on the 144 pictures of the same new things in the unseen style",
        "seconds": "processor time of one thread for the training, without the features that are on the disk",
    }
    rows = [
        {"method": name, "examples": count, "seed": seed}
        for name, way in METHODS.items()
        for seed in SEEDS
        for count in way.steps
    ]
    sweep = Sweep(rows, run, "lessons/lesson4/transfer", settings)
    table: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row, result in zip(rows, sweep.results(workers)):
        table[row["method"], row["examples"]].append(result)
    sweep.write(
        [
            {"method": name, "examples": count, **{each: [one[each] for one in results] for each in MEASURED}}
            for (name, count), results in table.items()
        ],
        seconds_of_features=seconds_of_features(),
    )


if __name__ == "__main__":
    command(main)

"""Augmentations alone and together on 500 pictures of clothes, over draws of the pictures."""

from academy.data.images import Labeled
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.augmentations import AUGMENTATIONS, predict_over_views
from academy.lessons.lesson4.clothes_runs import (
    BATCH_SIZE,
    clothes,
    drawn,
    first,
    measured,
    three_blocks,
    trained,
)
from torch import nn

PICTURES = 500
STEPS = 600
RATE = 0.01
VIEWS = [1, 2, 4, 8]
VALIDATION_PICTURES = 5_000
VIEWED_PICTURES = 1_000
"""Validation pictures that nets see in several views."""
SEEDS = range(8)
SEEDS_OF_THOSE_ALONE = range(5)
MAIN = ("none", "flip and move", "all, each for half of the images", "all together")
"""Augmentations whose nets do, and meet the test pictures, from more draws."""


def accuracy_over_views(net: nn.Module, examples: Labeled, views: int) -> float:
    """Count how often the average over an image and mirrored and moved views of it is right."""
    chosen = predict_over_views(net, examples.images, views).argmax(dim=1)
    return round((chosen == examples.labels).double().mean().item(), 4)


def run(augmentation: str, seed: int) -> Row:
    """Train one net on pictures that it sees changed at random.

    Args:
        augmentation: One of those that the lesson compares.
        seed: Of the draw of the pictures, the weights, the batches and the augmentation.
    """
    train = drawn(clothes().train, PICTURES, seed)
    held_out = first(clothes().validation, VALIDATION_PICTURES)
    done = trained(three_blocks, train, seed, STEPS, RATE, AUGMENTATIONS[augmentation])
    row = {"seconds": round(done.seconds, 1)}
    for name, part in (("training", train), ("validation", held_out)):
        row[f"{name}_loss"], row[name] = measured(done.net, part)
    if augmentation in MAIN:
        row["test_loss"], row["test"] = measured(done.net, clothes().test)
        few = first(held_out, VIEWED_PICTURES)
        row["views"] = [accuracy_over_views(done.net, few, views) for views in VIEWS]
    return row


def merged(augmentation: str, results: list[Row]) -> Row:
    """Make one row of the results of all seeds."""
    lists = {name: [result[name] for result in results] for name in results[0]}
    return {"augmentation": augmentation, **lists}


def main(workers: Workers) -> None:
    """Train nets with each augmentation alone and with several, from several draws of the pictures."""
    settings = {
        "seeds": list(SEEDS),
        "seeds_of_those_alone": list(SEEDS_OF_THOSE_ALONE),
        "pictures": PICTURES,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "data": "Fashion-MNIST: training pictures drawn at random; 5,000 others for validation",
        "views": VIEWS,
        "viewed_pictures": VIEWED_PICTURES,
        "seconds": "processor time of one thread for one net",
    }
    alone = [name for name in AUGMENTATIONS if name not in MAIN]
    rows = [{"augmentation": name, "seed": seed} for seed in SEEDS for name in MAIN]
    rows += [{"augmentation": name, "seed": seed} for seed in SEEDS_OF_THOSE_ALONE for name in alone]
    sweep = Sweep(rows, run, "lessons/lesson4/augmentation", settings)
    found = sweep.results(workers)
    sweep.write(
        [
            merged(name, [result for row, result in zip(rows, found) if row["augmentation"] == name])
            for name in AUGMENTATIONS
        ]
    )


if __name__ == "__main__":
    command(main)

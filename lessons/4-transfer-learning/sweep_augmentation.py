"""Augmentations alone and together on 500 pictures of clothes, over draws of the pictures."""

from academy.data.images import Labeled
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.augmentations import AUGMENTATIONS, predict_over_views
from academy.lessons.lesson4.clothes_runs import BATCH_SIZE, clothes, drawn, measured, three_blocks, trained
from torch import nn

SEEDS = [0, 1, 2, 3, 4, 5, 6, 7]
PICTURES = 500
STEPS = 600
RATE = 0.01
VIEWS = [1, 2, 4, 8]
VIEWED_PICTURES = 2_000
"""Validation pictures that nets see in several views."""
VIEWED = ("none", "flip and move", "all, each for half of the images", "all together")
"""Augmentations whose nets do."""


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
    train, held_out = drawn(clothes().train, PICTURES, seed), clothes().validation
    done = trained(three_blocks, train, seed, STEPS, RATE, AUGMENTATIONS[augmentation])
    row = {"seconds": round(done.seconds, 1)}
    for name, part in (("training", train), ("validation", held_out), ("test", clothes().test)):
        row[f"{name}_loss"], row[name] = measured(done.net, part)
    if augmentation in VIEWED:
        few = Labeled(*(part[:VIEWED_PICTURES] for part in held_out))
        row["views"] = [accuracy_over_views(done.net, few, views) for views in VIEWS]
    return row


def merged(augmentation: str, results: list[Row]) -> Row:
    """Make one row of the results of all seeds."""
    lists = {name: [result[name] for result in results] for name in results[0]}
    return {"augmentation": augmentation, **lists}


def main(workers: Workers) -> None:
    """Train nets with each augmentation alone and with several, from several draws of the pictures."""
    settings = {
        "seeds": SEEDS,
        "pictures": PICTURES,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "data": "Fashion-MNIST: training pictures drawn at random; the last 10,000 for validation",
        "views": VIEWS,
        "viewed_pictures": VIEWED_PICTURES,
        "seconds": "processor time of one thread for one net",
    }
    rows = [{"augmentation": name, "seed": seed} for seed in SEEDS for name in AUGMENTATIONS]
    rows.sort(key=lambda row: row["augmentation"] not in VIEWED)
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

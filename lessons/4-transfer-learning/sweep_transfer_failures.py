"""Five ways to spoil transfer learning without any error message, over seeds."""

from collections import defaultdict
from functools import cache

import torch
from academy.data.emoji_kinds import examples_of_each
from academy.data.images import Labeled
from academy.learn.search import nearest
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.transfer import BATCH_SIZE, accuracy, head, trainable, trained
from academy.lessons.lesson4.transfer_methods import (
    BLOCK_RATE,
    FEATURES,
    FRONT_RATE,
    HEAD_RATE,
    SIDE,
    everything,
    features_of,
    fresh_parts,
    linear,
    split,
)
from academy.nets.features import cached_features
from academy.nets.pretrained import ImageBackbone, image_backbone
from torch import nn
from torchvision.transforms import v2

SEEDS = [0, 1, 2, 3, 4]
EXAMPLES = 20
STEPS = 60
PREPARATIONS: dict[str, v2.Transform] = {
    "pixels from 0 to 1": v2.Normalize([0] * 3, [1] * 3),
    "pixels from 0 to 255": v2.Normalize([0] * 3, [1 / 255] * 3),
    "torchvision's mean and deviation": v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
}
"""What is done to pixels from 0 to 1 in place of what the network's training did."""


@cache
def wrongly_prepared(how: str) -> ImageBackbone:
    """Load the backbone with another normalization."""
    backbone = image_backbone(SIDE)
    backbone.prepare.transforms[-1] = PREPARATIONS[how]
    return backbone


def normalization(how: str, seed: int) -> Row:
    """Use the wrong normalization in testing alone, and in training and testing."""
    train, test, backbone = split().train, split().test, wrongly_prepared(how)
    chosen = examples_of_each(train.labels, EXAMPLES, seed)
    right, wrong = linear(chosen, STEPS, seed).run.net, head(FEATURES, seed)
    examples = Labeled(cached_features(backbone, train.images[chosen]), train.labels[chosen])
    trained(wrong, [trainable(wrong, HEAD_RATE)], examples, STEPS, seed)
    features = cached_features(backbone, test.images)
    return {
        "right": accuracy(right, features_of(test), test.labels),
        "wrong_in_testing": accuracy(right, features, test.labels),
        "wrong_in_both": accuracy(wrong, features, test.labels),
    }


def statistics(how: int, seed: int) -> Row:
    """Train the last layer alone, while batch normalization takes its statistics from tiny batches.

    Args:
        how: Pictures in a batch.
        seed: Of the last layer and of the order of the pictures.
    """
    train, test = split().train, split().test
    chosen = examples_of_each(train.labels, EXAMPLES, seed)
    still, layer = head(FEATURES, seed), head(FEATURES, seed)
    features = Labeled(features_of(train)[chosen], train.labels[chosen])
    trained(still, [trainable(still, HEAD_RATE)], features, STEPS, seed, how)
    updated = nn.Sequential(*fresh_parts(), layer)
    pictures = Labeled(train.images[chosen], train.labels[chosen])
    trained(updated, [trainable(layer, HEAD_RATE)], pictures, STEPS, seed, how)
    return {
        "right": accuracy(still, features_of(test), test.labels),
        "updated": accuracy(updated, test.images, test.labels),
    }


def rate(how: int, seed: int) -> Row:
    """Fine-tune everything from five pictures of each kind, the backbone at rates so many times as large.

    With the rates themselves this is a row of the sweep of transfer.
    """
    train, test = split().train, split().test
    chosen = examples_of_each(train.labels, 5, seed)
    run = everything(chosen, 20, seed, times=how).run
    return {"test": accuracy(run.net, test.images, test.labels), "last_loss": round(run.losses[-1].item(), 3)}


def leak(how: str, seed: int) -> Row:
    """Train on pictures of the very things that are tested, in other styles."""
    train, new, test = split().train, split().new_things, split().test
    known = {"apart": [train], "same things": [train, new]}[how]
    features, labels = (
        torch.cat(parts) for parts in zip(*[(features_of(each), each.labels) for each in known])
    )
    chosen, layer = examples_of_each(labels, 100, seed), head(FEATURES, seed)
    examples = Labeled(features[chosen], labels[chosen])
    trained(layer, [trainable(layer, HEAD_RATE)], examples, 150, seed)
    return {"test": accuracy(layer, features_of(test), test.labels)}


def duplicates(how: str, seed: int) -> Row:
    """Find in the leaking training set what is most like each test picture."""
    train, new, test = split().train, split().new_things, split().test
    names = [*train.names, *new.names]
    found = nearest(features_of(test), torch.cat([features_of(train), features_of(new)]), k=1)
    same = torch.tensor(
        [names[place] == name for place, name in zip(found.places[:, 0].tolist(), test.names)]
    )
    likeness, order = found.similarity[:, 0].sort(descending=True)
    return {
        "nearest_is_the_same": round(same.double().mean().item(), 4),
        "of_the_20_most_alike": round(same[order][:20].double().mean().item(), 4),
        "similarity_of_the_20th": round(likeness[19].item(), 4),
    }


FAILURES = {each.__name__: each for each in (normalization, statistics, rate, leak, duplicates)}


def run(failure: str, how: str | int, seed: int) -> Row:
    """Spoil it in one way, and measure on the 144 pictures of new things in the unseen style."""
    return FAILURES[failure](how, seed)


def main(workers: Workers) -> None:
    """Spoil transfer learning in five ways, all from five seeds."""
    settings = {
        "seeds": SEEDS,
        "examples": f"{EXAMPLES} of each kind; 5 for rates, 100 for leaks",
        "steps": f"{STEPS}; 20 for rates, 150 for leaks",
        "batch_size": BATCH_SIZE,
        "rates": {"head": HEAD_RATE, "last block": BLOCK_RATE, "front": FRONT_RATE},
        "test": "accuracy on the 144 pictures of new things in the unseen style",
    }
    ways: list[tuple[str, str | int]] = [
        *[("leak", how) for how in ("apart", "same things")],
        *[("normalization", how) for how in PREPARATIONS],
        *[("statistics", batch_size) for batch_size in (2, 16)],
        ("rate", 30),
    ]
    rows = [{"failure": failure, "how": how, "seed": seed} for failure, how in ways for seed in SEEDS]
    rows.append({"failure": "duplicates", "how": "same things", "seed": 0})
    sweep = Sweep(rows, run, "lessons/lesson4/transfer_failures", settings)
    table: dict[tuple[str, str | int], Row] = defaultdict(lambda: defaultdict(list))
    for row, result in zip(rows, sweep.results(workers)):
        for name, value in result.items():
            table[row["failure"], row["how"]][name].append(value)
    sweep.write([{"failure": failure, "how": how, **found} for (failure, how), found in table.items()])


if __name__ == "__main__":
    command(main)

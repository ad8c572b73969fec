"""Search by the features of three backbones: pictures of one kind, and of one thing, in other styles."""

from collections.abc import Callable
from functools import partial

import torch
from academy.data.emoji_kinds import KindPictures
from academy.learn.classification import predict
from academy.learn.search import average_precision, cosine_similarity, precision_at, ranked, recall_at
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.transfer import small_color_cnn
from academy.lessons.lesson4.transfer_methods import SCRATCH_RATE, SIDE, features_of, scratch, split
from torch import nn

SEEDS = [0, 1, 2, 3, 4]
STEPS = 400


def features_by(backbone: str, seed: int) -> Callable[[KindPictures], torch.Tensor]:
    """Make what turns pictures into features; the small CNN gives what its last layer is given."""
    if backbone == "ImageNet":
        return features_of
    if backbone == "three styles":
        net = scratch(torch.arange(len(split().train.labels)), STEPS, seed).run.net
    else:
        seed_everything(seed)
        net = small_color_cnn()
    assert isinstance(net, nn.Sequential)
    return lambda pictures: predict(net[:-1], pictures.images)


def run(backbone: str, seed: int) -> Row:
    """Ask for each picture in the unseen style what is like it in the three other styles.

    Args:
        backbone: "ImageNet", "three styles" or "untrained".
        seed: Of a small CNN's weights and of its training.
    """
    features, queries, index = features_by(backbone, seed), split().test, split().new_things
    ranking = partial(ranked, cosine_similarity(features(queries), features(index)))
    kind = ranking(queries.labels[:, None] == index.labels)
    thing = ranking(torch.tensor([[one == other for other in index.names] for one in queries.names]))
    scores = {
        "precision_at_1": precision_at(kind, 1),
        "precision_at_5": precision_at(kind, 5),
        "recall_at_36": recall_at(kind, 36),
        "same_thing_recall_at_3": recall_at(thing, 3),
        "same_thing_recall_at_10": recall_at(thing, 10),
    }
    return {
        **{name: round(values.mean().item(), 4) for name, values in scores.items()},
        "average_precision": [round(value, 4) for value in average_precision(kind).tolist()],
        "same_thing_average_precision": [round(value, 4) for value in average_precision(thing).tolist()],
    }


def main(workers: Workers) -> None:
    """Search with the ImageNet backbone, with small CNNs trained on three styles, and untrained."""
    settings = {
        "seeds": SEEDS,
        "side": SIDE,
        "steps": STEPS,
        "rate": SCRATCH_RATE,
        "queries": "144 pictures of things that no training picture shows, in the unseen style",
        "index": "the 432 pictures of these things in the three other styles: 36 of a kind, 3 of a thing",
        "average_precision": "one a query, in the order of the test pictures",
        "same_thing": "only the same thing is relevant; otherwise all of the same kind",
    }
    rows = [{"backbone": "ImageNet", "seed": 0}]
    rows += [
        {"backbone": backbone, "seed": seed} for backbone in ("untrained", "three styles") for seed in SEEDS
    ]
    sweep = Sweep(rows, run, "lessons/lesson4/search", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

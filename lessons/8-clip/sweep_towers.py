"""Two towers trained in many ways, three seeds each; about 5 minutes of one core.

Each row differs in one thing from the lesson's recipe at 200 steps. All take as many steps, but where steps
are varied, and where batches are: they are tried once with equal steps, and once with as many pairs seen.
Nothing is chosen by the test concepts. Fewer styles are others for each seed.
"""

from dataclasses import asdict, replace
from functools import cache

import numpy as np
from academy.data.emoji import Emoji, all_emoji
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.concepts import (
    SEEN_STYLES,
    SHUFFLE_SEED,
    TEST,
    VALIDATION,
    ConceptSplit,
    concept_split,
)
from academy.lessons.lesson8.contrastive import Recipe, emoji_pairs, trained
from academy.lessons.lesson8.judging import gaps, judged, judged_closed, losses

SEEDS = [0, 1, 2]
RECIPE = Recipe(steps=200)
PAIRS_SEEN = RECIPE.steps * RECIPE.batch_size
BATCH = 256
"""Training pairs whose loss is reported."""
BATCHES = [16, 64, 1024]
VARIED = (
    [{"varied": "nothing"}]
    + [{"varied": "batch size, equal steps", "batch_size": size} for size in BATCHES]
    + [
        {"varied": "batch size, equal pairs", "batch_size": size, "steps": PAIRS_SEEN // size}
        for size in BATCHES[1:]
    ]
    + [{"varied": "steps", "steps": steps} for steps in (0, 50, 100, 500)]
    + [{"varied": "scale", "scale": scale} for scale in (1.0, 5.0, 20.0, 100.0)]
    + [{"varied": "styles", "styles": count} for count in (1, 2)]
    + [{"varied": "concepts", "concepts": share} for share in (0.25, 0.5)]
    + [{"varied": "keywords", "keywords": False}, {"varied": "towers", "hidden": 0}]
    + [{"varied": "split"}]
)


@cache
def random_split() -> ConceptSplit:
    """Keep as many emoji apart, whatever their variants."""
    emoji = all_emoji()
    order = np.random.RandomState(SHUFFLE_SEED).permutation(len(emoji))
    test, validation, train = np.split(order, [TEST, TEST + VALIDATION])
    return ConceptSplit(*(tuple(emoji[place] for place in part) for part in (train, validation, test)))


def styles_of(count: int, seed: int) -> tuple[str, ...]:
    """Take some of the styles, beginning with another one for each seed."""
    return tuple(SEEN_STYLES[(seed + place) % len(SEEN_STYLES)] for place in range(count))


def run(varied: str, seed: int, styles: int = len(SEEN_STYLES), **changed: float) -> Row:
    """Train two towers in one way, and judge them."""
    split = random_split() if varied == "split" else concept_split()
    recipe = replace(RECIPE, styles=styles_of(styles, seed), seed=seed, **changed)
    model = trained(recipe, emoji_pairs(recipe, split.train))
    some: tuple[Emoji, ...] = split.train[:: len(split.train) // BATCH][:BATCH]
    return {
        "validation": judged(model, split.validation, recipe.styles),
        "test": judged(model, split.test, recipe.styles),
        "test_closed": judged_closed(model, split.test, recipe.styles, split.train),
        "scale_at_end": round(model.scale.item(), 2),
        "train_loss": losses(model, some, recipe.styles),
        "validation_loss": losses(model, split.validation, recipe.styles),
    } | gaps(model, split.validation, split.test, recipe.styles[0])


def main(workers: Workers) -> None:
    """Train all from all seeds."""
    settings = {
        "seeds": SEEDS,
        "recipe": {key: value for key, value in asdict(RECIPE).items() if key != "seed"},
        "reported": "recall of pictures by names; gap and told_apart in the first style, of test concepts",
    }
    rows = [row | {"seed": seed} for row in VARIED for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson8/towers", settings)
    sweep.write([row | found for row, found in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

"""A small picture encoder trained from scratch by CLIP's loss, three seeds; about 4 minutes of one core.

Its recipe was not searched; nothing was chosen by the test concepts.
"""

from dataclasses import asdict, replace
from functools import cache

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.concepts import UNSEEN_STYLE, concept_split
from academy.lessons.lesson8.contrastive import Pairs, Recipe
from academy.lessons.lesson8.from_scratch import SIDE, pixel_cosines, pixel_pairs, trained_from_scratch
from academy.lessons.lesson8.judging import recalls

SEEDS = [0, 1, 2]
RECIPE = Recipe(steps=1_000, batch_size=128, rate=3e-3)


@cache
def pairs() -> Pairs:
    """Draw the pictures once for all seeds."""
    return pixel_pairs(RECIPE)


def run(seed: int, steps: int = RECIPE.steps) -> Row:
    """Train from one seed, and judge."""
    split, recipe = concept_split(), replace(RECIPE, seed=seed, steps=steps)
    model = trained_from_scratch(recipe, pairs())
    parameters = sum(each.numel() for each in model.pictures.parameters())
    found = {
        part: recalls(
            [pixel_cosines(model, emoji, style) for style in recipe.styles],
            pixel_cosines(model, emoji, UNSEEN_STYLE),
        )
        for part, emoji in (("validation", split.validation), ("test", split.test))
    }
    return found | {"parameters": parameters}


def main(workers: Workers) -> None:
    """Train from all seeds."""
    recipe = {key: value for key, value in asdict(RECIPE).items() if key != "seed"}
    rows = [{"seed": seed} for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson8/from_scratch", {"seeds": SEEDS, "side": SIDE, "recipe": recipe})
    sweep.write([row | found for row, found in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

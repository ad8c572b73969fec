"""Three captioners from three seeds, two guesses beside them, and the noise of gradients; 10 core minutes.

Rates, steps and the worth of the entropy come from a few tries at one seed, judged by pictures drawn apart.
The first seed's weights are kept as float16; what is recorded of it was measured with these.
"""

import time
from dataclasses import asdict

import torch
from academy.learn.hooks import Evaluation, every
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.caption_looks import looks
from academy.lessons.lesson8.caption_scenes import HELD_OUT, Scenes, scene_split
from academy.lessons.lesson8.caption_scores import attributes, exact, most_frequent, nearest, scores
from academy.lessons.lesson8.caption_training import (
    KINDS,
    Captioner,
    Recipe,
    captioned,
    captioner,
    cross_entropy,
    trained,
    written,
)
from academy.lessons.lesson8.caption_weights import keep_weights, lesson_captioner
from academy.lessons.lesson8.captioners import ShowAttendTell
from academy.lessons.lesson8.gradient_noise import ESTIMATORS, noise

SEEDS = [0, 1, 2]
STEPS = {"tell": 3_000, "soft": 1_500, "hard": 1_500}
"""Show and Tell learns more slowly, and its steps cost less."""
RATES = {"tell": 2e-3, "soft": 3e-3, "hard": 3e-3}
EVERY = 200
EARLY = 200
"""Steps of hard training before the noise of gradients is measured."""
ESTIMATES = 60


def recipe_of(kind: str, seed: int, steps: int | None = None) -> Recipe:
    """Say how a captioner of the page is trained."""
    return Recipe(kind, steps or STEPS[kind], rate=RATES[kind], seed=seed)


def rounded(numbers: Row) -> Row:
    """Round to four places."""
    return {name: round(value, 4) for name, value in numbers.items()}


def unseen_pairs(found: list[str]) -> float:
    """Give the share of captions that name a colored shape that no training picture has."""
    parts = [attributes(text) or {"color": [], "shape": []} for text in found]
    return sum(any(pair in HELD_OUT for pair in zip(each["color"], each["shape"])) for each in parts) / len(
        found
    )


def judged(model: Captioner) -> Row:
    """Score captions of both sets of test pictures, and where the model looks."""
    split = scene_split()
    found = written(model, split.new.pictures)
    row: Row = {
        "test": rounded(scores(written(model, split.test.pictures), split.test.captions())),
        "new": rounded(scores(found, split.new.captions()) | {"unseen_pairs": unseen_pairs(found)}),
    }
    if isinstance(model, ShowAttendTell):
        row["looks"] = rounded(
            {name: each.mean().item() for name, each in looks(model, split.test)._asdict().items()}
        )
    return row


def curve_of(model: Captioner, validation: Scenes) -> Evaluation:
    """Measure a captioner now and then: the loss of a word, and the share of captions that are right."""
    captions = validation.captions()
    return Evaluation(
        model,
        lambda: rounded(
            {
                "loss": cross_entropy(model, captioned(validation)).item(),
                "exact": exact(written(model, validation.pictures), captions),
            }
        ),
    )


def run(kind: str, seed: int, steps: int | None = None) -> Row:
    """Train one captioner, and judge it."""
    split, recipe = scene_split(), recipe_of(kind, seed, steps)
    model = captioner(recipe)
    curve, begin = curve_of(model, split.validation), time.process_time()
    trained(recipe, split.train, [every(EVERY, curve, last=recipe.steps)], model)
    seconds = round(time.process_time() - begin, 1)
    if seed == SEEDS[0] and steps is None:
        keep_weights(model, kind)
        model = lesson_captioner(kind)
    parameters = sum(each.numel() for each in model.parameters())
    return {"parameters": parameters, "seconds": seconds} | judged(model) | {"curve": curve.rows}


def measured(seed: int, count: int = ESTIMATES) -> Row:
    """Measure the noise of each estimator, early in a training."""
    train = scene_split().train
    model = trained(recipe_of("hard", seed, EARLY), train)
    assert isinstance(model, ShowAttendTell)
    return {each: noise(model, each, train, count, Recipe.batch_size, seed)._asdict() for each in ESTIMATORS}


def guesses() -> list[Row]:
    """Score what needs no training."""
    split = scene_split()
    rows: list[Row] = []
    for kind, guess in (
        ("frequent", lambda asked: most_frequent(split.train, len(asked))),
        ("nearest", lambda asked: nearest(split.train, asked)),
    ):
        sets = (("test", split.test), ("new", split.new))
        rows.append(
            {"kind": kind} | {name: rounded(scores(guess(asked), asked.captions())) for name, asked in sets}
        )
    return rows


def main(workers: Workers) -> None:
    """Train all, then measure the noise."""
    shared = {
        key: value for key, value in asdict(Recipe("soft", 0)).items() if key in ("batch_size", "entropy")
    }
    settings = {"seeds": SEEDS, "steps": STEPS, "rates": RATES} | shared
    rows: list[Row] = [{"kind": kind, "seed": seed} for seed in SEEDS for kind in KINDS]
    sweep = Sweep(rows, run, "lessons/lesson8/captions", settings)
    sweep.write(guesses() + [row | found for row, found in zip(rows, sweep.results(workers))])

    rows = [{"seed": seed} for seed in SEEDS]
    settings = {"seeds": SEEDS, "estimates": ESTIMATES, "batch_size": Recipe.batch_size, "early": EARLY}
    sweep = Sweep(rows, measured, "lessons/lesson8/gradient_noise", settings)
    found = sweep.results(workers)
    sweep.write(
        [
            row | {"estimator": each} | measures[each]
            for row, measures in zip(rows, found)
            for each in ESTIMATORS
        ]
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    command(main)

"""The GPT that the lesson shows, trained once; about eight minutes of one core.

It keeps the weights as float16; what it records was measured with the weights as they are kept.
"""

from dataclasses import asdict

import torch
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson7.austen_runs import JUDGED, bits_by_gpt
from academy.lessons.lesson7.gpt_training import Recipe, trained
from academy.lessons.lesson7.gpt_weights import keep_weights, lesson_gpt
from academy.lessons.lesson7.novels import austen_split, tokens_of

RECIPE = Recipe(steps=6000)
SHOWN = 100
"""Steps whose mean loss is one point of the curve."""


def main() -> None:
    """Train it, keep its weights, and record what was reached."""
    torch.set_num_threads(1)
    split = austen_split()
    run = trained(RECIPE, tokens_of(split.train))
    keep_weights(run.network)
    network = lesson_gpt()
    curve = run.losses.unflatten(0, (-1, SHOWN)).mean(dim=1)
    rows = [
        {"part": "validation", "bits": round(bits_by_gpt(network, split.validation[:JUDGED]), 4)},
        {"part": "test", "bits": round(bits_by_gpt(network, split.test[:JUDGED]), 4)},
        {"part": "training", "bits_a_token": [round(each, 3) for each in curve.tolist()]},
    ]
    settings = {"seeds": [RECIPE.seed], "recipe": asdict(RECIPE), "judged": JUDGED, "shown": SHOWN}
    print(write_sweep("lessons/lesson7/gpt", settings, rows, run.seconds))


if __name__ == "__main__":
    main()

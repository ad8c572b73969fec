"""Names find pictures without towers; about half a minute of one core.

How many labels, and the strength of the ridge, are chosen by recall at 10 of validation, known styles.
"""

import time
from collections.abc import Sequence
from functools import partial

import torch
from academy.data.emoji import Emoji
from academy.learn.sweeps import Row, write_sweep
from academy.lessons.lesson8.baselines import Guess, by_guess, by_labels, by_nearest, by_ridge
from academy.lessons.lesson8.concepts import SEEN_STYLES, SHUFFLE_SEED, UNSEEN_STYLE, concept_split
from academy.lessons.lesson8.judging import recalls

LABELS = [1, 3, 10, 30, 100]
STRENGTHS = [1e1, 1e2, 1e3, 1e4, 1e5]


def judged(guess: Guess, emoji: Sequence[Emoji]) -> Row:
    """Let names find pictures in the known styles and in the unseen one."""
    found = partial(by_guess, guess, emoji)
    return recalls([found(style) for style in SEEN_STYLES], found(UNSEEN_STYLE))


def measured(method: str, setting: float | None, guess: Guess) -> Row:
    """Judge a way on both sets."""
    split = concept_split()
    return {
        "method": method,
        "setting": setting,
        "validation": judged(guess, split.validation),
        "test": judged(guess, split.test),
    }


def main() -> None:
    """Measure each way at each setting, and mark what validation chose."""
    torch.set_num_threads(1)
    begin = time.perf_counter()
    ways = {
        "labels": [measured("labels", count, by_labels(count)) for count in LABELS],
        "ridge": [measured("ridge", strength, by_ridge(strength)) for strength in STRENGTHS],
        "nearest picture": [measured("nearest picture", None, by_nearest())],
    }
    best = [max(rows, key=lambda row: row["validation"]["known_10"]) for rows in ways.values()]
    rows = [row | {"chosen": row in best} for way in ways.values() for row in way]
    settings = {"seeds": [SHUFFLE_SEED], "chosen by": "validation recall at 10 in known styles"}
    print(write_sweep("lessons/lesson8/baselines", settings, rows, time.perf_counter() - begin))


if __name__ == "__main__":
    main()

"""What the knobs of word2vec move: one is turned at a time, from one seed each; skip-gram on the glosses."""

import time
from dataclasses import asdict
from typing import Any

from academy.data.word_vectors import analogies, rated_pairs
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson6.corpus import gloss_corpus
from academy.lessons.lesson6.evaluation import judged
from academy.lessons.lesson6.parts import parts_of_speech, same_part_of_speech
from academy.lessons.lesson6.word2vec import Recipe, word2vec

BASE: dict[str, Any] = {"epochs": 4}
TURNED: list[dict[str, Any]] = [
    {},
    {"noise_power": 0.0},
    {"noise_power": 1.0},
    {"threshold": 1.0, "epochs": 2},
    {"window": 2, "epochs": 8},
    {"window": 10},
    {"negatives": 1},
    {"negatives": 15},
]
"""Without subsampling an epoch is about twice as long; with a window of 2 it has half as many pairs."""


def run(turned: dict[str, Any]) -> Row:
    """Learn vectors with some settings other than the usual ones, and judge them."""
    corpus = gloss_corpus()
    begin = time.process_time()
    known = word2vec(corpus, Recipe(**BASE | turned))
    seconds = time.process_time() - begin
    return judged(known, rated_pairs(), analogies()) | {
        "same_part": round(same_part_of_speech(known, parts_of_speech()), 4),
        "seconds": round(seconds, 1),
    }


def main(workers: Workers) -> None:
    """Turn each knob."""
    rows = [{"turned": turned} for turned in TURNED]
    sweep = Sweep(
        rows,
        run,
        "lessons/lesson6/word2vec_knobs",
        {"seeds": [Recipe.seed], "recipe": asdict(Recipe(**BASE))},
    )
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

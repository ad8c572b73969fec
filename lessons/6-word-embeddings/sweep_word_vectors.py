"""Vectors of words by four ways and by chance, from the same text.

Of word2vec, ours and gensim's, the learning rate is chosen, of counting also window, smoothing and power.

First settings of each way are tried on one half of the rated pairs. Then each runs from three seeds, gensim
for longer from one, and the other half is reported. Seconds are the processor's, of one thread, for learning.
"""

import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from academy.data.word_vectors import WordVectors, analogies, rated_pairs
from academy.learn.sweeps import Row, Sweep, Workers, command, write_sweep
from academy.lessons.lesson6.corpus import gloss_corpus
from academy.lessons.lesson6.counts import cooccurrences, ppmi, svd_vectors
from academy.lessons.lesson6.evaluation import judged, random_vectors
from academy.lessons.lesson6.library import by_gensim
from academy.lessons.lesson6.word2vec import Recipe, word2vec

NAME = "lessons/lesson6/word_vectors"
SEEDS = [0, 1, 2]
EPOCHS = 5


def by_counting(seed: int, window: int, smoothing: float, power: float) -> WordVectors:
    """Learn vectors by PPMI and a singular value decomposition."""
    corpus = gloss_corpus()
    matrix = ppmi(cooccurrences(corpus, window), smoothing)
    return WordVectors(corpus.words, svd_vectors(matrix, Recipe.dimensions, power, seed))


def ours(seed: int, skip_gram: bool, rate: float) -> WordVectors:
    """Learn vectors by the lesson's word2vec."""
    return word2vec(gloss_corpus(), Recipe(skip_gram=skip_gram, rate=rate, seed=seed, epochs=EPOCHS))


def gensim(seed: int, skip_gram: bool, rate: float, epochs: int = EPOCHS) -> WordVectors:
    """Learn vectors by gensim's word2vec."""
    return by_gensim(gloss_corpus(), Recipe(skip_gram=skip_gram, seed=seed, epochs=epochs), rate)


def by_chance(seed: int) -> WordVectors:
    """Learn nothing."""
    return random_vectors(gloss_corpus().words, Recipe.dimensions, seed)


RATES = [0.02, 0.04, 0.08]
GENSIM_RATES = [0.025, 0.05, 0.1, 0.2]
LONGER_RATES = [0.05, 0.1]
WAYS: dict[str, tuple[Callable[..., WordVectors], list[dict[str, Any]]]] = {
    "chance": (by_chance, [{}]),
    "counting": (
        by_counting,
        [
            {"window": window, "smoothing": smoothing, "power": power}
            for window, smoothing, power in (
                (5, 1, 0.5),
                (2, 1, 0.5),
                (10, 1, 0.5),
                (5, 0.75, 0.5),
                (5, 1, 0),
                (15, 1, 0.5),
                (10, 1, 0),
            )
        ],
    ),
    "our CBOW": (ours, [{"skip_gram": False, "rate": rate} for rate in RATES]),
    "our skip-gram": (ours, [{"skip_gram": True, "rate": rate} for rate in RATES]),
    "gensim's CBOW": (gensim, [{"skip_gram": False, "rate": rate} for rate in GENSIM_RATES]),
    "gensim's skip-gram": (gensim, [{"skip_gram": True, "rate": rate} for rate in GENSIM_RATES]),
    "gensim's CBOW for longer": (
        gensim,
        [{"skip_gram": False, "rate": rate, "epochs": 20} for rate in LONGER_RATES],
    ),
    "gensim's skip-gram for longer": (
        gensim,
        [{"skip_gram": True, "rate": rate, "epochs": 10} for rate in LONGER_RATES],
    ),
}
"""How vectors are learned, and the settings to try; for longer means about as long as ours takes."""


def run(way: str, choice: int, seed: int) -> Row:
    """Learn vectors in one of ``WAYS``, with one of its settings, and judge them."""
    learn, settings = WAYS[way]
    tokens = len(gloss_corpus().ids)
    begin = time.process_time()
    known = learn(seed, **settings[choice])
    seconds = time.process_time() - begin
    passes = 1 if way in ("chance", "counting") else settings[choice].get("epochs", EPOCHS)
    return judged(known, rated_pairs(), analogies()) | {
        "seconds": round(seconds, 2),
        "words_a_second": round(passes * tokens / max(seconds, 0.01)),
    }


def main(workers: Workers) -> None:
    """Choose settings, then run each way from all seeds."""
    corpus = gloss_corpus()
    settings = {
        "seeds": SEEDS,
        "recipe": asdict(Recipe(epochs=EPOCHS)),
        "words": len(corpus.words),
        "tokens": len(corpus.ids),
        "chosen by": "the validation half of the rated pairs, seed 0",
    }
    tried = [
        {"way": way, "choice": choice, "seed": SEEDS[0]}
        for way, (_, some) in WAYS.items()
        for choice in range(len(some))
    ]
    search = Sweep(tried, run, NAME, settings)
    found = [
        row | {"settings": WAYS[row["way"]][1][row["choice"]]} | result
        for row, result in zip(tried, search.results(workers))
    ]
    best = {way: max((row for row in found if row["way"] == way), key=by_validation) for way in WAYS}

    rows = [
        {"way": way, "choice": best[way]["choice"], "seed": seed}
        for way in WAYS
        for seed in (SEEDS[:1] if way.endswith("for longer") else SEEDS)
    ]
    sweep = Sweep(rows, run, NAME, settings)  # goes on in the same file: the chosen ones are not run again
    results = sweep.results(workers)
    for row in found:
        del row["test"], row["choice"]
    write_sweep(f"{NAME}_tried", settings, found, sum(row["seconds"] for row in found))
    sweep.write(
        [{"way": row["way"], "seed": row["seed"]} | result for row, result in zip(rows, results)],
        chosen={way: row["settings"] for way, row in best.items()},
    )


def by_validation(row: Row) -> float:
    """Say what settings are chosen by."""
    score: float = row["validation"]
    return score


if __name__ == "__main__":
    command(main)

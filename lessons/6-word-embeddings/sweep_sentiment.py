"""All methods on all training sentences, networks from five seeds; about five minutes of one core.

The only look at the test sentences besides ``sweep_sentences.py``; nothing was chosen by either.
"""

from dataclasses import asdict

from academy.data.sentences import TEST, VALIDATION, sentence_split
from academy.learn.kept_answers import packed
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson6.methods import METHODS, WITHOUT_CHANCE, classifier
from academy.lessons.lesson6.sentiment_recipes import chosen_recipe
from academy.lessons.lesson6.sentiment_training import BEGINNINGS

SEEDS = [0, 1, 2, 3, 4]


def run(method: str, seed: int) -> Row:
    """Train once, and say which test sentences were answered right."""
    split = sentence_split()
    found = classifier(method, split.train, split.validation, seed)
    validation, test = (
        (found.score(part) > 0) == part.positive.bool() for part in (split.validation, split.test)
    )
    return {
        "validation": round(validation.double().mean().item(), 4),
        "test": round(test.double().mean().item(), 4),
        "parameters": found.parameters,
        "seconds": round(found.seconds, 1),
        "right": packed(test),
    }


def main(workers: Workers) -> None:
    """Train all of them."""
    settings = {
        "seeds": SEEDS,
        "sentences": {
            "training": len(sentence_split().train.texts),
            "validation": VALIDATION,
            "test": TEST,
        },
        "recipes": {beginning: asdict(chosen_recipe(beginning)) for beginning in BEGINNINGS},
        "right": "which test sentences, four a digit",
    }
    rows = [
        {"method": method, "seed": seed}
        for method in METHODS
        for seed in (SEEDS[:1] if method in WITHOUT_CHANCE else SEEDS)
    ]
    sweep = Sweep(rows, run, "lessons/lesson6/sentiment", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

"""Hidden characters of a novel, guessed by two encoders and by counts; about 8 minutes of one core.

Tokens are characters: of byte pairs, encoders as small as these learn in so few steps no more than which
are frequent. The rate of each encoder is chosen by the validation novel, at the first seed; nothing was
chosen by the test novel, and both are judged by their beginning. Seconds are the processor's, of one thread,
for training alone.
"""

from dataclasses import asdict, replace

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.austen_runs import JUDGED
from academy.lessons.lesson7.characters import ALPHABET, encode
from academy.lessons.lesson7.gap_filling import (
    HIDDEN_SHARE,
    SIDES,
    Counted,
    Gaps,
    Guess,
    judged,
    questions,
    trained,
)
from academy.lessons.lesson7.gpt import Size
from academy.lessons.lesson7.gpt_training import Recipe
from academy.lessons.lesson7.novels import austen_split

SEEDS = [0, 1, 2]
SIZE = Size(layers=2, width=64, heads=4, context=40, vocabulary=len(ALPHABET))
RECIPE = Recipe(SIZE, steps=1_500, batch_size=16)
RATES = [3e-3, 1e-2]


def asked(novel: str) -> Gaps:
    """Hide characters at the beginning of a novel."""
    return questions(encode(novel[:JUDGED]), SIZE)


def rounded(guess: Guess, novel: str) -> Row:
    """Judge guesses about a novel."""
    return {name: round(value, 4) for name, value in judged(guess, asked(novel)).items()}


def run(sides: str, rate: float, seed: int, steps: int = RECIPE.steps) -> Row:
    """Train one encoder, and judge it on both novels."""
    split, recipe = austen_split(), replace(RECIPE, rate=rate, seed=seed, steps=steps)
    found = trained(recipe, sides, encode(split.train))
    return {
        "validation": rounded(found.network, split.validation),
        "test": rounded(found.network, split.test),
        "seconds": round(found.seconds, 2),
    }


def by_counts() -> list[Row]:
    """Judge what needs no training."""
    split = austen_split()
    counted = Counted(encode(split.train), SIZE.vocabulary)
    ways = {"frequent": counted.frequent, "after the character before": counted.after}
    return [{"method": method} | rounded(guess, split.test) for method, guess in ways.items()]


def main(workers: Workers) -> None:
    """Choose the rate of each encoder, then train both from all seeds."""
    settings = {
        "seeds": SEEDS,
        "recipe": {key: value for key, value in asdict(RECIPE).items() if key not in ("rate", "seed")},
        "hidden_share": HIDDEN_SHARE,
        "judged": JUDGED,
        "questions": asked(austen_split().test).answers.numel(),
        "chosen by": "bits of the validation novel, seed 0",
    }
    name = "lessons/lesson7/gaps"
    tried = [{"sides": sides, "rate": rate, "seed": SEEDS[0]} for rate in RATES for sides in SIDES]
    bits = [each["validation"]["bits"] for each in Sweep(tried, run, name, settings).results(workers)]
    search = [{"method": row["sides"], "rate": row["rate"], "bits": found} for row, found in zip(tried, bits)]
    best = {sides: min((row for row in search if row["method"] == sides), key=by_bits) for sides in SIDES}

    rows = [{"sides": sides, "rate": best[sides]["rate"], "seed": seed} for seed in SEEDS for sides in SIDES]
    sweep = Sweep(rows, run, name, settings)  # goes on in the same file: the chosen ones are not run again
    encoders = [
        {"method": row["sides"], "rate": row["rate"], "seed": row["seed"]}
        | found["test"]
        | {"seconds": found["seconds"]}
        for row, found in zip(rows, sweep.results(workers))
    ]
    sweep.write(by_counts() + encoders, tried=search)


def by_bits(row: Row) -> float:
    """Say what a rate is chosen by."""
    bits: float = row["bits"]
    return bits


if __name__ == "__main__":
    command(main)

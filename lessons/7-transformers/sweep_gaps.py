"""Hidden tokens of a novel, guessed by two encoders and by counts; about MINUTES of one core.

The rate of each encoder is chosen by the validation novel, at the first seed. The whole test novel is asked,
and nothing was chosen by it. Seconds are the processor's, of one thread, for training alone.
"""

from dataclasses import asdict, replace

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.gap_filling import (
    HIDDEN_SHARE,
    SIDES,
    Counted,
    Guess,
    judged,
    questions,
    trained,
)
from academy.lessons.lesson7.gpt_training import Recipe
from academy.lessons.lesson7.novels import austen_split, tokens_of

SEEDS = [0, 1, 2]
RECIPE = Recipe(steps=1_000)
RATES = [1e-3, 3e-3]


def rounded(guess: Guess, text: str) -> Row:
    """Judge guesses about a novel."""
    asked = questions(tokens_of(text), RECIPE.size)
    return {name: round(value, 4) for name, value in judged(guess, asked).items()}


def run(sides: str, rate: float, seed: int, steps: int = RECIPE.steps) -> Row:
    """Train one encoder, and judge it on both novels."""
    split, recipe = austen_split(), replace(RECIPE, rate=rate, seed=seed, steps=steps)
    found = trained(recipe, sides, tokens_of(split.train))
    return {
        "validation": rounded(found.network, split.validation),
        "test": rounded(found.network, split.test),
        "seconds": round(found.seconds, 2),
    }


def by_counts() -> list[Row]:
    """Judge what needs no training."""
    split = austen_split()
    counted = Counted(tokens_of(split.train), RECIPE.size.vocabulary)
    ways = {"frequent": counted.frequent, "after the token before": counted.after}
    return [{"method": method} | rounded(guess, split.test) for method, guess in ways.items()]


def main(workers: Workers) -> None:
    """Choose the rate of each encoder, then train both from all seeds."""
    settings = {
        "seeds": SEEDS,
        "recipe": {key: value for key, value in asdict(RECIPE).items() if key not in ("rate", "seed")},
        "hidden_share": HIDDEN_SHARE,
        "questions": questions(tokens_of(austen_split().test), RECIPE.size).answers.numel(),
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

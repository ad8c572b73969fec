"""Counts of n-grams and GPTs of more and more steps, on the same novels; about three minutes of one core.

Seconds are the processor's, of one thread, for counting or training alone. Nothing was chosen by the test
novel; both novels are judged by their beginning.
"""

from dataclasses import asdict, replace

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.austen_runs import JUDGED, bits_by_counts, bits_by_gpt, counted
from academy.lessons.lesson7.gpt_training import Recipe, trained
from academy.lessons.lesson7.novels import austen_split, tokens_of

SEEDS = [0, 1, 2]
ORDERS = {"characters": range(1, 10), "byte pairs": range(1, 7)}
STEPS = [5, 50, 200]


def count(cut: str, order: int) -> Row:
    """Count n-grams."""
    counts, seconds = counted(cut, order)
    numbers = sum(len(level.grams) for level in counts.levels)
    split = austen_split()
    return {
        "validation": round(bits_by_counts(counts, cut, split.validation[:JUDGED]), 4),
        "test": round(bits_by_counts(counts, cut, split.test[:JUDGED]), 4),
        "seconds": round(seconds, 2),
        "numbers": numbers,
    }


def train(steps: int, seed: int) -> Row:
    """Train a GPT."""
    split, recipe = austen_split(), replace(Recipe(), steps=steps, seed=seed)
    found = trained(recipe, tokens_of(split.train))
    return {
        "validation": round(bits_by_gpt(found.network, split.validation[:JUDGED]), 4),
        "test": round(bits_by_gpt(found.network, split.test[:JUDGED]), 4),
        "seconds": round(found.seconds, 2),
        "numbers": recipe.size.parameters(),
    }


def run(way: str, **settings: int) -> Row:
    """Count or train."""
    return train(**settings) if way == "GPT" else count(way, **settings)


def main(workers: Workers) -> None:
    """Judge all of them."""
    rows: list[Row] = [{"way": cut, "order": order} for cut, orders in ORDERS.items() for order in orders]
    rows += [{"way": "GPT", "steps": steps, "seed": seed} for steps in STEPS for seed in SEEDS]
    recipe = {key: value for key, value in asdict(Recipe()).items() if key not in ("steps", "seed")}
    sweep = Sweep(
        rows, run, "lessons/lesson7/gpt_and_counts", {"seeds": SEEDS, "recipe": recipe, "judged": JUDGED}
    )
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

"""Two marked letters at once, with one head, two and four, over three seeds; about a minute of one core."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.fitting import BATCH_SIZE, RATE
from academy.lessons.lesson7.heads import (
    LENGTH,
    LETTERS,
    MARKS,
    TEST,
    WIDTH,
    all_right,
    trained,
)

HEADS = [1, 2, 4]
SEEDS = [0, 1, 2]
STEPS = 1_000


def run(heads: int, seed: int, steps: int = STEPS) -> Row:
    """Train one net, and measure how often both letters are right."""
    return {"all_right": round(all_right(trained(heads, steps, seed)), 4)}


def main(workers: Workers) -> None:
    """Train with every number of heads, over seeds."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "length": LENGTH,
        "letters": LETTERS,
        "marks": MARKS,
        "width": WIDTH,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "test": TEST,
    }
    rows = [{"heads": heads, "seed": seed} for seed in SEEDS for heads in HEADS]
    sweep = Sweep(rows, run, "lessons/lesson7/heads", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

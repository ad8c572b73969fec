"""What nets remember of rows of 5 to 100 letters, over three seeds; about 4 minutes of one core."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.copying import (
    LENGTHS,
    LETTERS,
    NETS,
    QUESTIONS,
    TEST,
    WIDTH,
    remembered,
    trained,
)
from academy.lessons.lesson7.fitting import BATCH_SIZE, RATE

SEEDS = [0, 1, 2]
STEPS = 800


def run(kind: str, question: str, seed: int, steps: int = STEPS) -> Row:
    """Train one net, and measure what it remembers of rows of each length."""
    model = trained(kind, question, steps, seed)
    return {"remembered": [round(remembered(model, question, length), 4) for length in LENGTHS]}


def main(workers: Workers) -> None:
    """Train every net on every question, over seeds."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "lengths": LENGTHS,
        "letters": LETTERS,
        "width": WIDTH,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "test": TEST,
    }
    rows = [
        {"kind": kind, "question": question, "seed": seed}
        for seed in SEEDS
        for question in QUESTIONS
        for kind in NETS
    ]
    sweep = Sweep(rows, run, "lessons/lesson7/copying", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

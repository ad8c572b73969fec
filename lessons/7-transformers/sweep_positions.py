"""Which letter follows the star, by how places are told, over three seeds; about 2 minutes of one core."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.fitting import BATCH_SIZE, RATE
from academy.lessons.lesson7.ordering import (
    LENGTHS,
    LETTERS,
    POSITIONS,
    TEST,
    TRAINED_LENGTH,
    WIDTH,
    answered,
    trained,
)

SEEDS = [0, 1, 2]
STEPS = 1_000


def run(positions: str, seed: int, steps: int = STEPS) -> Row:
    """Train one net, and measure what it answers about rows of each length."""
    model = trained(positions, steps, seed)
    return {"answered": [round(answered(model, length), 4) for length in LENGTHS]}


def main(workers: Workers) -> None:
    """Train with every kind of positions, over seeds."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "trained_length": TRAINED_LENGTH,
        "lengths": LENGTHS,
        "letters": LETTERS,
        "width": WIDTH,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "test": TEST,
    }
    rows = [{"positions": positions, "seed": seed} for seed in SEEDS for positions in POSITIONS]
    sweep = Sweep(rows, run, "lessons/lesson7/positions", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

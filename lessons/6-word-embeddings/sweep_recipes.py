"""Rate, dropout and size of the first vectors, chosen on validation sentences with the same care for each
beginning; about a quarter of an hour of one core."""

from itertools import product

from academy.data.sentences import TEST, VALIDATION, sentence_split
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson6.sentiment_training import BEGINNINGS, LOOKS, Recipe, trained

RATES = {"nothing": (1e-3, 3e-3, 1e-2), "frozen": (1e-2, 3e-2, 1e-1), "fine-tuned": (1e-3, 3e-3, 1e-2)}
STEPS = {"nothing": 400, "frozen": 1_600, "fine-tuned": 400}
"""So many that the best of each is found before its end."""
DROPOUTS = (0.0, 0.5)
SCALES = (0.1, 1.0)


def run(beginning: str, rate: float, dropout: float, scale: float, steps: int) -> Row:
    """Train once; give the best accuracy on validation sentences, and after which step it was reached."""
    split = sentence_split()
    recipe = Recipe(beginning, rate, dropout, scale, steps)
    best = max(
        trained(recipe, split.train, split.validation).evaluation.rows, key=lambda row: row["accuracy"]
    )
    return {"validation": round(best["accuracy"], 4), "step": best["step"]}


def main(workers: Workers) -> None:
    """Try all combinations."""
    settings = {
        "batch_size": Recipe.batch_size,
        "seeds": [Recipe.seed],
        "looks": LOOKS,
        "sentences": {"validation": VALIDATION, "test": TEST},
    }
    rows = [
        {"beginning": beginning, "rate": rate, "dropout": dropout, "scale": scale, "steps": STEPS[beginning]}
        for beginning in BEGINNINGS
        for rate, dropout, scale in product(RATES[beginning], DROPOUTS, SCALES)
    ]
    sweep = Sweep(rows, run, "lessons/lesson6/sentiment_recipes", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

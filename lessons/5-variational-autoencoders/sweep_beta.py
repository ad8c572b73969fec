"""The weight of the KL as a dial: what it does to reconstructions, codes and samples."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson5.comparison import SAMPLES, TRUE_FACES, compared, frechet_of_faces
from academy.lessons.lesson5.faces import TRAIN, VALIDATION, face_split
from academy.lessons.lesson5.training import BATCH_SIZE, EPOCHS, RATE, Recipe, trained

BETAS = [1.0, 0.1, 10.0, 100.0, 1000.0]
SEEDS = [0, 1, 2]


def run(beta: float, seed: int) -> Row:
    """Train with one weight, and measure on the validation faces."""
    split = face_split()
    return compared(trained(Recipe(beta=beta, seed=seed), split.train).network, split, seed)


def main(workers: Workers) -> None:
    """Train and measure with each weight."""
    settings = {
        "seeds": SEEDS,
        "epochs": EPOCHS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "faces": {"training": TRAIN, "validation": VALIDATION, "kept back": TRUE_FACES},
        "samples": SAMPLES,
        "frechet_of_faces": frechet_of_faces(),
    }
    rows = [{"beta": beta, "seed": seed} for seed in SEEDS for beta in BETAS]
    sweep = Sweep(rows, run, "lessons/lesson5/beta", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

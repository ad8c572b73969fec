"""Three costs of a wrong reconstruction, each with the weight that served it best; 45 minutes of one core.

Each is tried with two weights of one seed. The weight whose reconstructions are most similar in structure,
which none of them was trained for, goes on to the other seeds.
"""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson5.comparison import SAMPLES, TRUE_FACES, compared, frechet_of_faces
from academy.lessons.lesson5.faces import TRAIN, VALIDATION, face_split
from academy.lessons.lesson5.losses import PERCEPTUAL_WEIGHTS
from academy.lessons.lesson5.training import BATCH_SIZE, EPOCHS, RATE, Recipe, trained

SEEDS = [0, 1, 2]
TRIED = {
    "MSE": [{"loss": "MSE", "beta": beta} for beta in (1.0, 10.0)],
    "log-MSE": [{"loss": "log-MSE", "beta": beta} for beta in (1.0, 10.0)],
    "perceptual": [{"loss": f"perceptual, {weight}", "beta": 1.0} for weight in PERCEPTUAL_WEIGHTS],
}
CHOSEN_BY = "ssim"


def run(loss: str, beta: float, seed: int) -> Row:
    """Train with one cost and one weight of the KL, and measure on the validation faces."""
    split = face_split()
    recipe = Recipe(loss=loss, beta=beta, seed=seed)
    return compared(trained(recipe, split.train).network, split, seed)


def main(workers: Workers) -> None:
    """Try each cost with each weight, and train with its best one from the other seeds."""
    settings = {
        "seeds": SEEDS,
        "epochs": EPOCHS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "faces": {"training": TRAIN, "validation": VALIDATION, "kept back": TRUE_FACES},
        "samples": SAMPLES,
        "chosen_by": CHOSEN_BY,
        "frechet_of_faces": frechet_of_faces(),
    }
    first = [tried | {"seed": SEEDS[0]} for weights in TRIED.values() for tried in weights]
    tried = Sweep(first, run, "lessons/lesson5/losses", settings).results(workers)
    score = {str(row["loss"]) + str(row["beta"]): result[CHOSEN_BY] for row, result in zip(first, tried)}
    best = [max(weights, key=lambda row: score[row["loss"] + str(row["beta"])]) for weights in TRIED.values()]
    rows = first + [chosen | {"seed": seed} for chosen in best for seed in SEEDS[1:]]
    sweep = Sweep(rows, run, "lessons/lesson5/losses", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

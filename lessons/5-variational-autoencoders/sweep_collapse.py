"""Codes that tell nothing, and two cures, each from three seeds; about 22 minutes of one core."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson5.comparison import quality
from academy.lessons.lesson5.faces import TRAIN, VALIDATION, face_split
from academy.lessons.lesson5.measures import posterior_summary
from academy.lessons.lesson5.training import BATCH_SIZE, EPOCHS, RATE, Recipe, trained
from academy.nets.autoencoders import SIDE, STD

SEEDS = [0, 1, 2]
BETA = 1000.0
LATENTS = 64
CARELESS = 3 * SIDE**2 / (2 * STD**2) / LATENTS
"""What β the mean over pixels of the squared error, plus the mean over latents of the KL, amounts to."""
WAYS = {
    "nothing": {"beta": BETA},
    "warm-up": {"beta": BETA, "warm_up": 0.5},
    "free bits": {"beta": BETA, "free_bits": 0.5},
    "means for sums": {"beta": CARELESS},
}


def run(way: str, seed: int) -> Row:
    """Train in one of ``WAYS``, and see what the codes of the validation faces tell."""
    split = face_split()
    network = trained(Recipe(latents=LATENTS, seed=seed, **WAYS[way]), split.train).network
    return quality(network, split.validation) | posterior_summary(network, split.validation.images)


def main(workers: Workers) -> None:
    """Train in all ways from all seeds."""
    settings = {
        "seeds": SEEDS,
        "epochs": EPOCHS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "faces": {"training": TRAIN, "validation": VALIDATION},
        "ways": WAYS,
    }
    rows = [{"way": way, "seed": seed} for seed in SEEDS for way in WAYS]
    sweep = Sweep(rows, run, "lessons/lesson5/collapse", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

"""PCA, an autoencoder and a variational one, each with 8, 32 and 64 numbers for a face."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson5.comparison import PAIRS, SAMPLES, STEPS, TRUE_FACES, compared, frechet_of_faces
from academy.lessons.lesson5.faces import TRAIN, VALIDATION, face_split
from academy.lessons.lesson5.pixel_pca import pixel_pca
from academy.lessons.lesson5.training import BATCH_SIZE, EPOCHS, RATE, Recipe, trained

LATENTS = [64, 8, 32]
SEEDS = [0, 1, 2]
KINDS = ["PCA", "autoencoder", "VAE"]


def run(kind: str, latents: int, seed: int) -> Row:
    """Train one of them, and measure it on the validation faces.

    Args:
        kind: One of ``KINDS``.
        latents: Numbers of a code.
        seed: Of the training and of the samples.
    """
    split = face_split()
    if kind == "PCA":
        return compared(pixel_pca(split.train, latents), split, seed)
    recipe = Recipe(latents=latents, variational=kind == "VAE", seed=seed)
    return compared(trained(recipe, split.train).network, split, seed)


def main(workers: Workers) -> None:
    """Train and measure all of them."""
    settings = {
        "seeds": SEEDS,
        "epochs": EPOCHS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "faces": {"training": TRAIN, "validation": VALIDATION, "kept back": TRUE_FACES},
        "samples": SAMPLES,
        "walks": {"pairs": PAIRS, "steps": STEPS},
        "frechet_of_faces": frechet_of_faces(),
        "fitted, middle, prior": "Fréchet distances from the faces kept back, features of EfficientNet-Lite0",
    }
    rows = [
        {"kind": kind, "latents": latents, "seed": seed}
        for latents in LATENTS
        for kind in KINDS
        for seed in (SEEDS if kind != "PCA" else SEEDS[:1])
    ]
    sweep = Sweep(rows, run, "lessons/lesson5/equal_size", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

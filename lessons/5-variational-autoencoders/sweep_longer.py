"""More epochs than a page has time for: do networks overtake PCA? On a GPU, where there is one."""

import torch
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson5.comparison import codes_of, images_of
from academy.lessons.lesson5.faces import TRAIN, VALIDATION, face_split, pixels
from academy.lessons.lesson5.measures import psnr
from academy.lessons.lesson5.training import BATCH_SIZE, RATE, Recipe, trained

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
SEEDS = [0, 1, 2]
LATENTS = [64, 32]
KINDS = ["autoencoder", "VAE"]
EPOCHS = [150, 50, 16]


def run(kind: str, latents: int, epochs: int, seed: int) -> Row:
    """Train one of them, and measure it on validation faces, and on as many of those it was trained on.

    Args:
        kind: One of ``KINDS``.
        latents: Numbers of a code.
        epochs: Of the training.
        seed: Of the training.
    """
    split = face_split()
    recipe = Recipe(latents=latents, variational=kind == "VAE", epochs=epochs, seed=seed)
    network = trained(recipe, split.train, DEVICE).network.cpu()
    return {
        name: round(psnr(images_of(network, codes_of(network, images)), pixels(images)).mean().item(), 3)
        for name, images in (
            ("validation", split.validation.images),
            ("training", split.train.images[:VALIDATION]),
        )
    }


def main(workers: Workers) -> None:
    """Train and measure all of them."""
    settings = {
        "seeds": SEEDS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "device": torch.cuda.get_device_name() if DEVICE == "cuda" else DEVICE,
        "faces": {"training": TRAIN, "validation": VALIDATION},
    }
    rows = [
        {"kind": kind, "latents": latents, "epochs": epochs, "seed": seed}
        for epochs in EPOCHS
        for latents in LATENTS
        for seed in SEEDS
        for kind in KINDS
    ]
    sweep = Sweep(rows, run, "lessons/lesson5/longer", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

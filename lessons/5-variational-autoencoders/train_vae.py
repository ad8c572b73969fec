"""The variational autoencoder that the lesson shows: 64 latents, 16 epochs, about six minutes of one core.

Interrupted, it goes on after the last whole epoch; the seconds are then those of the last part alone.
It keeps the weights as float16, and the mean, components and variances of the codes; what it records was
measured with the weights as they are kept.
"""

import time

import torch
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson5.comparison import COMPONENTS, codes_of, compared, frechet_of_faces, quality
from academy.lessons.lesson5.faces import TEST, TRAIN, VALIDATION, face_split
from academy.lessons.lesson5.latents import latent_pca
from academy.lessons.lesson5.training import BATCH_SIZE, RATE, Recipe, trained
from academy.lessons.lesson5.weights import LATENTS, PCA, keep_weights, lesson_vae
from academy.nets.autoencoders import STD

RECIPE = Recipe(latents=LATENTS, epochs=16)


def main() -> None:
    """Train, keep the weights and the latents' principal components, and record what was reached."""
    torch.set_num_threads(1)
    split, begin = face_split(), time.process_time()
    run = trained(RECIPE, split.train)
    keep_weights(run.network, "vae")
    vae = lesson_vae()
    pca = latent_pca(codes_of(vae, split.train.images))
    pca.save(PCA)
    epochs = run.losses.unflatten(0, (RECIPE.epochs, -1)).mean(dim=1)  # (epochs, 2)
    settings = {
        "seeds": [RECIPE.seed],
        "latents": LATENTS,
        "epochs": RECIPE.epochs,
        "beta": RECIPE.beta,
        "std": STD,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "faces": {"training": TRAIN, "validation": VALIDATION, "test": TEST},
        "shares": [round(share, 4) for share in pca.shares[:COMPONENTS].tolist()],
        "frechet_of_faces": frechet_of_faces(),
    }
    rows = [
        {"part": "validation", **compared(vae, split)},
        {"part": "test", **quality(vae, split.test)},
        {"part": "training", "epochs": [[round(each, 1) for each in epoch] for epoch in epochs.tolist()]},
    ]
    print(write_sweep("lessons/lesson5/vae", settings, rows, time.process_time() - begin))


if __name__ == "__main__":
    main()

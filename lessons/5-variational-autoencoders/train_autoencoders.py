"""The two autoencoders that the lesson shows: 64 latents, 16 epochs, about six minutes of one core each.

Interrupted, it goes on after the last whole epoch; the seconds are then those of the last part alone.
It keeps the weights as float16, and of the variational one the mean, components and variances of the codes;
what it records was measured with the weights as they are kept.
"""

import time

import torch
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson5.comparison import COMPONENTS, codes_of, compared, frechet_of_faces, quality
from academy.lessons.lesson5.faces import TEST, TRAIN, VALIDATION, face_split
from academy.lessons.lesson5.latents import latent_pca
from academy.lessons.lesson5.training import BATCH_SIZE, RATE, Recipe, trained
from academy.lessons.lesson5.weights import LATENTS, PCA, keep_weights, lesson_autoencoder, lesson_vae
from academy.nets.autoencoders import STD

EPOCHS = 16
NETWORKS = {"vae": lesson_vae, "autoencoder": lesson_autoencoder}
"""By their files' names, what loads them."""


def keep(name: str) -> None:
    """Train a network, keep its weights, and record what was reached."""
    recipe = Recipe(latents=LATENTS, epochs=EPOCHS, variational=name == "vae")
    split, begin = face_split(), time.process_time()
    run = trained(recipe, split.train)
    keep_weights(run.network, name)
    network = NETWORKS[name]()
    pca = latent_pca(codes_of(network, split.train.images))
    if recipe.variational:
        pca.save(PCA)
    epochs = run.losses.unflatten(0, (EPOCHS, -1)).mean(dim=1)  # (epochs, 2)
    settings = {
        "seeds": [recipe.seed],
        "latents": LATENTS,
        "epochs": EPOCHS,
        "beta": recipe.beta if recipe.variational else None,
        "std": STD,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "faces": {"training": TRAIN, "validation": VALIDATION, "test": TEST},
        "shares": [round(share, 4) for share in pca.shares[:COMPONENTS].tolist()],
        "frechet_of_faces": frechet_of_faces(),
    }
    rows = [
        {"part": "validation", **compared(network, split)},
        {"part": "test", **quality(network, split.test)},
        {"part": "training", "epochs": [[round(each, 1) for each in epoch] for epoch in epochs.tolist()]},
    ]
    print(write_sweep(f"lessons/lesson5/{name}", settings, rows, time.process_time() - begin))


def main() -> None:
    """Train both."""
    torch.set_num_threads(1)
    for name in NETWORKS:
        keep(name)


if __name__ == "__main__":
    main()

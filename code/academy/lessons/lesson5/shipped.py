"""The lesson's own network as a run, which is there on every machine: no second copy of its weights."""

from functools import cache

import torch

from academy.learn.sweeps import read_sweep
from academy.lessons.lesson5.metadata import Figures, Knob, Metadata
from academy.lessons.lesson5.runs import FaceRun
from academy.lessons.lesson5.training import Recipe
from academy.lessons.lesson5.weights import PCA, RESULTS, lesson_pca, lesson_vae, weights_file

FILES = (weights_file("vae"), PCA, RESULTS / "vae.json", RESULTS / "components.json")
"""What it is made of: what ``train_autoencoders.py`` and ``turn_components.py`` left."""


@cache
def shipped_run() -> FaceRun:
    """Give the variational autoencoder that the lesson shows, with all that was measured of it."""
    vae, components = (read_sweep(f"lessons/lesson5/{name}") for name in ("vae", "components"))
    said, parts = vae["settings"], {row["part"]: row for row in vae["rows"]}
    faces, measured = said["faces"], parts["validation"]
    metadata = Metadata(
        data="avatars",
        source=f"Drawn faces: {faces['training'] + faces['validation']:,}.",
        training=faces["training"],
        validation=faces["validation"],
        recipe=Recipe(
            latents=said["latents"], beta=said["beta"], epochs=said["epochs"], seed=said["seeds"][0]
        ),
        figures=Figures(**{name: measured[name] for name in Figures.__annotations__}),
        knobs=tuple(Knob(**row) for row in components["rows"]),
        made=components["settings"]["made"],
        device=vae["machine"],
        torch=vae["versions"]["torch"],
    )
    history = torch.tensor(parts["training"]["epochs"])  # (epochs, 2)
    return FaceRun(metadata, lesson_vae(), lesson_pca(), history)

"""What the knobs of a variational autoencoder move, over seeds; and what tied attributes make of them."""

from functools import partial

from academy.data.avatar_faces import ATTRIBUTES
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson5.comparison import COMPONENTS, codes_of, images_of, quality
from academy.lessons.lesson5.faces import TIED_BEARD, TRAIN, face_split
from academy.lessons.lesson5.judge import JUDGED, accuracies, judge, true_attributes
from academy.lessons.lesson5.knobs import (
    TURN,
    as_row,
    effect_of,
    full_turn,
    joint_differences,
    mean_differences,
)
from academy.lessons.lesson5.latents import latent_pca
from academy.lessons.lesson5.training import BATCH_SIZE, EPOCHS, RATE, Recipe, trained

SEEDS = [0, 1, 2]
FACES = 200
"""Validation faces whose knobs are turned."""
FITTED = {"alone": mean_differences, "together": joint_differences}
"""How a direction is fitted to an attribute: without regard to the others, or with all of them."""


def run(seed: int, tied: bool) -> Row:
    """Train a variational autoencoder, and turn its knobs.

    Args:
        seed: Of the training.
        tied: Whether its faces have beards with short hair alone.
    """
    split = face_split(tied)
    network = trained(Recipe(seed=seed), split.train).network
    codes, truth = codes_of(network, split.train.images), true_attributes(split.train)
    faces = split.validation.part(0, FACES)
    turned = codes_of(network, faces.images)
    pca, decode = latent_pca(codes), partial(images_of, network)
    knobs = [
        as_row(effect_of(decode, turned, TURN * pca.variances[place].sqrt() * pca.components[place]))
        for place in range(COMPONENTS)
    ]
    fitted = {
        how: {
            name: as_row(effect_of(decode, turned, full_turn(direction, codes)))
            for name, direction in zip(JUDGED, differences(codes, truth))
        }
        for how, differences in FITTED.items()
    }
    return {
        "seed": seed,
        "tied": tied,
        **quality(network, split.validation),
        "shares": [round(share, 4) for share in pca.shares[:COMPONENTS].tolist()],
        "judged_right": accuracies(judge(), decode(turned), true_attributes(faces)),
        "clear": sum(knob["lead"] > knob["lead_error"] for knob in knobs),
        "knobs": knobs,
        "fitted": fitted,
    }


def main(workers: Workers) -> None:
    """Train and turn with and without tied attributes, from three seeds."""
    settings = {
        "seeds": SEEDS,
        "epochs": EPOCHS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "training_faces": TRAIN,
        "turned_faces": FACES,
        "turn": TURN,
        "attributes": list(ATTRIBUTES),
        "judged": list(JUDGED),
        "tied": f"long hair never goes with a beard, other hair in {TIED_BEARD:.0%}",
        "lead_error": "half of the 95 % interval over the turned faces",
    }
    rows = [{"seed": seed, "tied": tied} for tied in (False, True) for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson5/knobs", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

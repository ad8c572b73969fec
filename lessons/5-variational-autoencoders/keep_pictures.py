"""Pictures made by networks too many to keep: faces by three costs, and a knob of tied attributes.

Uses the trainings of ``sweep_losses.py`` and ``sweep_knobs.py``, and trains what of them is not in the cache.
"""

from collections.abc import Iterator

import torch
from academy.lessons.lesson5.comparison import codes_of, images_of
from academy.lessons.lesson5.faces import face_split
from academy.lessons.lesson5.judge import JUDGED, true_attributes
from academy.lessons.lesson5.knobs import full_turn, joint_differences, mean_differences
from academy.lessons.lesson5.losses import PERCEPTUAL_WEIGHTS
from academy.lessons.lesson5.pictures import keep_pictures
from academy.lessons.lesson5.training import Recipe, trained

FACES = [103, 10]
"""Places among the validation faces."""
LONG_HAIRED = 3
COSTS = {"MSE": "MSE", "log-MSE": "log-MSE", "perceptual": f"perceptual, {PERCEPTUAL_WEIGHTS[-1]}"}
FITTED = {"alone": mean_differences, "together": joint_differences}
AMOUNTS = (-1.0, -0.5, 0.0, 0.5, 1.0)


def of_costs() -> Iterator[tuple[str, torch.Tensor]]:
    """Give the faces back, by a network trained with each cost."""
    split = face_split()
    for name, loss in COSTS.items():
        network = trained(Recipe(loss=loss), split.train).network
        yield name, images_of(network, codes_of(network, split.validation.images[FACES]))


def of_tied_knobs() -> Iterator[tuple[str, torch.Tensor]]:
    """Turn the knob for beards, fitted in two ways, of networks that saw free and tied faces."""
    face = face_split().validation.images[LONG_HAIRED : LONG_HAIRED + 1]
    for tied in (False, True):
        train = face_split(tied).train
        network = trained(Recipe(), train).network
        codes, truth = codes_of(network, train.images), true_attributes(train)
        for how, differences in FITTED.items():
            knob = full_turn(differences(codes, truth)[JUDGED.index("beard")], codes)
            turned = codes_of(network, face) + torch.tensor(AMOUNTS)[:, None] * knob
            yield f"{'tied' if tied else 'free'} {how}", images_of(network, turned)


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(keep_pictures(dict(of_costs()) | dict(of_tied_knobs())))

"""Simulated photos of handwritten digits, read with each step of the preparation and without it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from academy.data import photo
from academy.data.images import Labeled, mnist
from academy.data.scenes import SCENES, photograph
from academy.learn.classification import predict
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson2.digit_recipes import REFERENCE, digits_of, recipe_of, trained
from torch import nn
from torch.nn import functional as F

Nets = dict[str, list[nn.Sequential]]
Step = Callable[[torch.Tensor], torch.Tensor]

SEEDS = list(range(10))
PHOTOS = 300
PHOTO_SEED = 7
NETS = {"reference": REFERENCE, "jittered": "784-500-500-10, shifts, turns, sizes"}


def stretch(image: torch.Tensor) -> torch.Tensor:
    """Fill the frame whatever the shape: what is done without the box of 20 pixels."""
    return F.interpolate(image[None, None], (28, 28), mode="bilinear", antialias=True)[0, 0].clamp(0, 1)


def middle(image: torch.Tensor) -> torch.Tensor:
    """Lay the box, not the center of mass, into the middle of the frame."""
    return photo.placed(image, image.shape[0] / 2, image.shape[1] / 2)


def without(step: Step, instead: Step | None = None) -> tuple[Step, ...]:
    """Leave a step out, or do something simpler instead."""
    kept = [instead if own is step else own for own in photo.STEPS]
    return tuple(own for own in kept if own is not None)


PREPARATIONS: dict[str, tuple[Step, ...]] = {
    "all steps": photo.STEPS,
    "no even_light": without(photo.even_light),
    "no invert": without(photo.invert),
    "no drop_paper": without(photo.drop_paper),
    "no drop_specks": without(photo.drop_specks),
    "no crop": without(photo.crop),
    "no fit_box": without(photo.fit_box, stretch),
    "no center": without(photo.center, middle),
    "only gray, invert, stretch": (photo.gray, photo.invert, stretch),
}


def prepared(picture: torch.Tensor, steps: tuple[Step, ...]) -> torch.Tensor:
    """Take the steps; a photo that a step refuses becomes a black image."""
    try:
        for step in steps:
            picture = step(picture)
    except ValueError:
        return torch.zeros(28, 28)
    return picture


def photos_of(scene: str, digits: torch.Tensor) -> list[torch.Tensor]:
    """Photograph digits of shape (count, 1, 28, 28)."""
    generator = torch.Generator().manual_seed(PHOTO_SEED)
    return [photograph(digit[0], SCENES[scene], generator) for digit in digits]


def accuracies(nets: Nets, images: torch.Tensor, labels: torch.Tensor) -> dict[str, list[float]]:
    """Count how often each net is right."""
    return {
        name: [
            round((predict(net, images).argmax(dim=1) == labels).double().mean().item(), 4) for net in group
        ]
        for name, group in nets.items()
    }


def run(scene: str, preparation: str, digits: Labeled, nets: Nets) -> dict[str, Any]:
    """Read the photos of one scene after one preparation."""
    steps = PREPARATIONS[preparation]
    images = torch.stack([prepared(picture, steps) for picture in photos_of(scene, digits.images)])[:, None]
    return {"scene": scene, "preparation": preparation, **accuracies(nets, images, digits.labels)}


def trained_nets(digits: Labeled, seeds: Sequence[int]) -> Nets:
    """Train the reference and a net that has seen digits moved, turned and scaled."""
    return {
        name: [trained(recipe_of(label), digits, seed)[0] for seed in seeds] for name, label in NETS.items()
    }


def main(workers: Workers) -> None:
    """Read the first validation digits, which no net was trained on, in photos of every scene."""
    torch.set_num_threads(1)
    data = mnist()
    splits = digits_of(data)
    digits = Labeled(*(part[:PHOTOS] for part in splits.validation))
    nets = trained_nets(splits.train, SEEDS)
    settings = {
        "seeds": SEEDS,
        "photos": PHOTOS,
        "photo_seed": PHOTO_SEED,
        "data": data.source,
        "nets": NETS,
        "digits_themselves": accuracies(nets, *digits),
    }
    rows = [{"scene": scene, "preparation": preparation} for scene in SCENES for preparation in PREPARATIONS]
    sweep = Sweep(rows, partial(run, digits=digits, nets=nets), "lessons/lesson2/photos", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

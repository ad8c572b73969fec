"""Simulated photos of handwritten digits, read with each step of the preparation and without it."""

import time
from collections.abc import Callable
from typing import Any

import torch
from academy.data import photo
from academy.data.images import mnist
from academy.data.scenes import SCENES, photograph
from academy.learn.sweeps import write_sweep
from academy.learn.training import predict
from sweep_mnist import RECIPES, REFERENCE, Digits, digits_of, trained
from torch import nn
from torch.nn import functional as F

Step = Callable[[torch.Tensor], torch.Tensor]

SEEDS = [0, 1, 2]
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


def photos_of(scene: str, digits: Digits, count: int) -> list[torch.Tensor]:
    """Photograph the first validation digits, which no net was trained on."""
    generator = torch.Generator().manual_seed(PHOTO_SEED)
    return [photograph(digit[0], SCENES[scene], generator) for digit in digits.validation_images[:count]]


def accuracy(net: nn.Module, images: torch.Tensor, digits: Digits) -> float:
    """Count how often a net is right on the first validation digits, however they look now."""
    labels = digits.validation_labels[: len(images)]
    return round((predict(net, images).argmax(dim=1) == labels).double().mean().item(), 4)


def run(
    scene: str, preparation: str, digits: Digits, nets: dict[str, list[nn.Sequential]], count: int
) -> dict[str, Any]:
    """Read the photos of one scene after one preparation."""
    steps = PREPARATIONS[preparation]
    images = torch.stack([prepared(picture, steps) for picture in photos_of(scene, digits, count)])[:, None]
    row: dict[str, Any] = {"scene": scene, "preparation": preparation}
    return row | {name: [accuracy(net, images, digits) for net in group] for name, group in nets.items()}


def trained_nets(digits: Digits, seeds: list[int]) -> dict[str, list[nn.Sequential]]:
    """Train the reference and a net that has seen digits moved, turned and scaled."""
    recipes = {name: next(one for one in RECIPES if one.name == label) for name, label in NETS.items()}
    return {name: [trained(recipe, digits, seed)[0] for seed in seeds] for name, recipe in recipes.items()}


def main() -> None:
    """Run everything and write the results."""
    begin = time.perf_counter()
    torch.set_num_threads(1)
    data = mnist()
    digits = digits_of(data)
    nets = trained_nets(digits, SEEDS)
    originals = digits.validation_images[:PHOTOS]
    rows = []
    for scene in SCENES:
        for preparation in PREPARATIONS:
            rows.append(run(scene, preparation, digits, nets, PHOTOS))
            print(rows[-1], flush=True)
    settings = {
        "seeds": SEEDS,
        "photos": PHOTOS,
        "photo_seed": PHOTO_SEED,
        "data": data.source,
        "nets": NETS,
        "digits_themselves": {
            name: [accuracy(net, originals, digits) for net in group] for name, group in nets.items()
        },
    }
    write_sweep("lessons/lesson2/photos", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()

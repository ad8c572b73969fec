"""What the weight of the guidance does: kinds that are met, variety, and copies of the training pictures."""

import math
from functools import cache

import torch

from academy.data.emoji_kinds import things_apart
from academy.lessons.lesson8.emoji_diffusion import drawn_noise, emoji_painter
from academy.lessons.lesson8.small_judge import asked_kinds, found, real_pictures
from academy.lessons.lesson8.small_pictures import DRAWN_STYLES, name_vectors, small_pictures, trained_things

REPEATED = 8
"""Pictures of one name, where variety is measured."""
NAMES_EACH = 2
"""Names of each kind, of those."""
NEAR = 0.05
"""Share of real new pictures that are nearer to a training picture than a copy may be."""


@cache
def asked_names(held_out: bool) -> tuple[str, ...]:
    """List the names of the twelve kinds, kind after kind: trained ones, or those kept apart."""
    return tuple(each.name for things in things_apart()[held_out].values() for each in things)


@cache
def asked_vectors(held_out: bool) -> torch.Tensor:
    """Read these names with MiniLM, shape (names, width)."""
    return name_vectors(asked_names(held_out))


@cache
def training_pictures() -> torch.Tensor:
    """Give all training pictures as the code keeps them, shape (count, 3, 16, 16)."""
    code = emoji_painter().code
    return code.decode(code.encode(small_pictures(trained_things())))


def root_mean_square(pictures: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
    """Measure how far pictures lie from others: the root of the mean squared difference of their numbers.

    Returns:
        Shape (pictures, others).
    """
    rows, other_rows = pictures.flatten(1), others.flatten(1)
    apart: torch.Tensor = torch.cdist(rows, other_rows)
    return apart / math.sqrt(rows.shape[1])


def to_training(pictures: torch.Tensor) -> torch.Tensor:
    """Measure how far the nearest training picture is from each picture, shape (count,)."""
    return root_mean_square(pictures, training_pictures()).amin(dim=1)


@cache
def copy_distance() -> float:
    """Say how near a picture must be to a training picture to count as its copy.

    It is where ``NEAR`` of the real pictures of things that were kept apart lie nearer.
    """
    pictures, _ = real_pictures(emoji_painter().code, held_out=True)
    return to_training(pictures).quantile(NEAR).item()


def spread(pictures: torch.Tensor) -> float:
    """Give the mean distance between two different pictures."""
    apart = root_mean_square(pictures, pictures)
    count = len(pictures)
    return (apart.sum() / (count * (count - 1))).item()


@cache
def real_spread() -> float:
    """Give the mean distance between two real pictures of the twelve kinds."""
    return spread(real_pictures(emoji_painter().code, held_out=False)[0])


def real_variety() -> float:
    """Measure how far the real drawings of one name differ, as a share of ``real_spread``."""
    pictures, _ = real_pictures(emoji_painter().code, held_out=False)
    by_name = pictures.unflatten(0, (len(DRAWN_STYLES), -1)).unbind(dim=1)
    return sum(map(spread, by_name)) / len(by_name) / real_spread()


def variety(weight: float, seed: int) -> float:
    """Paint some trained names again and again; how far pictures of one name differ, as a share of real ones.

    Args:
        weight: Of the guidance.
        seed: Of the noise.
    """
    kinds = asked_kinds(held_out=False)
    chosen = torch.cat([(kinds == kind).nonzero()[:NAMES_EACH, 0] for kind in range(12)])
    vectors = asked_vectors(held_out=False)[chosen].repeat_interleave(REPEATED, dim=0)
    pictures = emoji_painter().paint(vectors, drawn_noise(len(vectors), seed), weight)
    spreads = [spread(each) for each in pictures.split(REPEATED)]
    return sum(spreads) / len(spreads) / real_spread()


def painted(weight: float, seed: int, held_out: bool) -> torch.Tensor:
    """Paint one picture for each name of the twelve kinds."""
    vectors = asked_vectors(held_out)
    return emoji_painter().paint(vectors, drawn_noise(len(vectors), seed), weight)


def nearest_trained(held_out: bool) -> torch.Tensor:
    """Paint nothing: for each name, hand out the picture of the trained name whose vector is nearest."""
    vectors = name_vectors([each.name for each in trained_things()])
    nearest = torch.cdist(asked_vectors(held_out), vectors).argmin(dim=1)
    return training_pictures()[nearest]


def judged(pictures: torch.Tensor, held_out: bool) -> dict[str, float]:
    """Say how good pictures of the twelve kinds are.

    Args:
        pictures: One for each name.
        held_out: Whether the names are those that were not trained.

    Returns:
        ``found``, the share that the judge takes for the kind asked for; ``copies``, the share that are
        nearly a training picture; ``distance``, the mean distance to the nearest one.
    """
    apart = to_training(pictures)
    return {
        "found": found(pictures, asked_kinds(held_out)),
        "copies": (apart < copy_distance()).double().mean().item(),
        "distance": apart.mean().item(),
    }

"""What is wrong with the shape or the scale of inputs, and whose scale it is."""

from collections.abc import Iterator
from typing import Any

import torch

from academy.data.images import ImageData
from academy.homework.tasks import Finding, wrong

LARGEST_MEAN, LARGEST_OFF = 2e-4, 5e-4
"""Of the training inputs, and of their spread from 1: mean and spread may have been typed in, rounded."""


def scale_mistakes(
    as_inputs: Any, pictures: ImageData, training: torch.Tensor, checking: torch.Tensor
) -> Iterator[Finding]:
    """Say what is wrong with the shape or the scale of the inputs."""
    found = list(shape_mistakes(as_inputs, pictures))
    if found:
        yield from found
        return
    some = as_inputs(pictures.train_images[:50]).cpu().double()
    raw = pictures.train_images[:50].flatten(1).double() / 255
    slope = some.std() / raw.std()
    used_mean, used_spread = (raw.mean() - some.mean() / slope).item(), (1 / slope).item()
    mean, spread = training.mean(dtype=torch.float64).item(), training.std().item()
    near = abs(mean) < LARGEST_MEAN and abs(spread - 1) < LARGEST_OFF
    if not torch.allclose((raw - used_mean) / used_spread, some, atol=1e-3):
        yield wrong(
            "The inputs are no pixels that all had the same number taken away and were divided by another.",
            "one mean and one spread for all, numbers of their own: `pixels.mean()`, `pixels.std()`.",
        )
    elif borrowed := whose_scale((used_mean, used_spread), pictures, training, checking):
        yield wrong(
            f"The inputs have mean and spread of {borrowed}.",
            "use those of the training part alone: `train_images[train_part] / 255`.",
        )
    elif not near:
        yield wrong(
            f"The training inputs have mean {mean:.4f} and standard deviation {spread:.4f}, not 0 and 1.",
            look_for_scale(some.max().item(), mean, spread),
        )


def shape_mistakes(as_inputs: Any, pictures: ImageData) -> Iterator[Finding]:
    """Say where inputs are no rows of numbers, each row from its picture alone."""
    some = as_inputs(pictures.train_images[:50])
    if some is None or some is ...:
        yield wrong("`as_inputs` returns nothing.", "end it with `return` and the inputs.")
        return
    shape = (50, pictures.train_images[0].numel())
    if tuple(some.shape) != shape:
        yield wrong(
            f"50 pictures become inputs of shape {tuple(some.shape)}, not {shape}.",
            "`.flatten(1)` keeps the first dimension and joins the rest.",
        )
        return
    if not some.is_floating_point():
        yield wrong(f"The inputs are {some.dtype}.", "dividing by 255 makes them float32.")
        return
    if not torch.allclose(as_inputs(pictures.train_images[:1])[0], some[0], atol=1e-4):
        yield wrong(
            "What a picture becomes depends on the pictures beside it.",
            "compute mean and spread once, from the training part, outside of `as_inputs`.",
        )
        return


def whose_scale(
    used: tuple[float, float], pictures: ImageData, training: torch.Tensor, checking: torch.Tensor
) -> str:
    """Name the pictures, other than the training part, whose mean and spread were used; none if none's.

    Args:
        used: Mean and spread, of pixels from 0 to 1.
        pictures: Both sets.
        training: Inputs that were scaled with ``used``.
        checking: As ``training``.
    """
    both = [255 * (inputs * used[1] + used[0]) for inputs in (training, checking)]
    levels = {
        "the test pictures": level(pictures.test_images),
        "all pictures": level(pictures.train_images),
        "`training` and `checking` together": level(torch.cat(both).round().clamp(0, 255).to(torch.uint8)),
    }
    named = [name for name, known in levels.items() if max(abs(a - b) for a, b in zip(used, known)) < 2e-6]
    return next(iter(named), "")


def look_for_scale(largest: float, mean: float, spread: float) -> str:
    """Say where to look when inputs have another mean than 0 or another spread than 1."""
    if abs(255 * spread - 1) < 0.1:
        return "mean and spread are of pixels to 255, your images are divided by 255: one unit for both."
    if largest > 20:
        return "divide by 255 as well: mean and spread must be in the unit of what they scale."
    if abs(mean) < 0.05 and abs(spread - 1) < 0.06:
        return "near, but not the training part's: take mean and spread of `train_images[train_part] / 255`."
    return "subtract the mean of the training part's pixels, then divide by their spread."


def level(images: torch.Tensor) -> tuple[float, float]:
    """Return mean and spread of pixels, 255 being 1, from how many there are of each: that spares memory."""
    counts = images.flatten().bincount(minlength=256).double().cpu()
    levels = torch.arange(256).double() / 255
    mean = (counts @ levels) / counts.sum()
    return mean.item(), ((counts @ (levels - mean) ** 2) / (counts.sum() - 1)).sqrt().item()

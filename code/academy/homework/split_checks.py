"""What is wrong with a split, with the scale of inputs, and with the sets made of them."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch

from academy.data.images import ImageData
from academy.homework.tasks import Finding, right, wrong

LARGEST_MEAN, LARGEST_OFF = 2e-4, 5e-4
"""Of the training inputs, and of their spread from 1: mean and spread may have been typed in, rounded."""


def split_mistakes(split: Any) -> Iterator[Finding]:
    """Ask for parts of a hundred numbers."""
    parts = split(100, 60, 30, 0)
    if parts is None or parts is ...:
        yield wrong("`split` returns nothing.", "end it with `return` and two tensors of indices.")
        return
    if not isinstance(parts, Sequence) or len(parts) != 2 or not all(torch.is_tensor(part) for part in parts):
        yield wrong("`split` does not return two tensors.", "`return` the two parts with a comma between.")
        return
    one, other = (part.tolist() for part in parts)
    if (len(one), len(other)) != (60, 30):
        yield wrong(
            f"`split(100, 60, 30, seed=0)` gives {len(one)} and {len(other)} indices, not 60 and 30.",
            "cut one shuffled order: `order[:a]`, and from there `order[a : a + b]`.",
        )
    elif not set(one) | set(other) <= set(range(100)):
        yield wrong("Some indices are not from 0 to 99.", "`torch.randperm(count)` is an order of all.")
    elif len(set(one)) < 60 or len(set(other)) < 30:
        yield wrong(
            "A part holds an index twice.", "`randperm` draws without putting back, `randint` does not."
        )
    elif both := set(one) & set(other):
        yield wrong(
            f"{len(both)} of 30 indices to check with are in the training part too.",
            "cut both parts from one shuffled order. A net is always good at pictures that it has seen.",
        )
    elif one == sorted(one):
        yield wrong("The training part is not shuffled.", "`torch.randperm`: data sets may come sorted.")
    elif other == sorted(other):
        yield wrong(
            "The part to check with is not shuffled.", "cut it from the shuffled order, and leave it so."
        )
    elif all(max(torch.cat([*split(100, 10, 10, seed)]).tolist()) < 20 for seed in range(3)):
        yield wrong(
            "`split(100, 10, 10, seed)` takes from the first 20 indices alone.",
            "shuffle all `count`, then cut: the pictures at the end count too.",
        )
    elif split(100, 60, 30, 0)[0].tolist() != one:
        yield wrong(
            "Called twice with seed 0, `split` gives two different splits.",
            "`torch.Generator().manual_seed(seed)`, given to `randperm` as `generator`.",
        )
    elif split(100, 60, 30, 1)[0].tolist() == one:
        yield wrong("Seeds 0 and 1 give the same split.", "use `seed`, the argument.")


def is_pair(value: Any) -> bool:
    """Tell whether a value is a pair of inputs and labels, equally many."""
    return (
        isinstance(value, Sequence)
        and len(value) == 2
        and all(torch.is_tensor(each) and each.dim() > 0 for each in value)
        and len(value[0]) == len(value[1])
    )


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


def common_pictures(training: torch.Tensor, checking: torch.Tensor) -> Iterator[Finding]:
    """Find pictures that are in both sets."""
    if training.dim() != 2 or training.shape[1:] != checking.shape[1:]:
        return  # their shapes are wrong, and that is found next
    seen, kept = set(fingerprints(training)), fingerprints(checking)
    if (common := sum(one in seen for one in kept)) > 0.01 * len(kept):
        yield wrong(
            f"{common} of {len(kept)} pictures to check with are in `training` too.",
            "use the two parts of `split`: one for `training`, the other for `checking`.",
        )


def set_mistakes(training: Any, checking: Any, as_inputs: Any, pictures: ImageData) -> Iterator[Finding]:
    """Find test pictures where they must not be, and labels that left their pictures."""
    seen, kept = fingerprints(training[0]), fingerprints(checking[0])
    tested = set(fingerprints_of(pictures.test_images, as_inputs))
    for name, own in (("training", seen), ("checking", kept)):
        if sum(one in tested for one in own) > 0.01 * len(own):
            yield wrong(f"`{name}` holds test pictures.", "both parts come from `pictures.train_images`.")
            return
    names = dict(zip(fingerprints_of(pictures.train_images, as_inputs), pictures.train_labels.tolist()))
    for name, own, pair in (("training", seen, training), ("checking", kept, checking)):
        fits = [names.get(one) == label for one, label in zip(own, pair[1].tolist())]
        if sum(fits) < 0.99 * len(fits):
            yield wrong(
                f"In `{name}` {len(fits) - sum(fits)} of {len(fits)} labels are not those of their pictures.",
                "index images and labels with the same part.",
            )
            return
    yield right(
        f"{len(seen):,} pictures to train with, {len(kept):,} others to check with, none from the test"
    )


def fingerprints_of(images: torch.Tensor, as_inputs: Any) -> list[float]:
    """Give each image a number that its inputs have and no other image's are likely to have."""
    return [number for part in images.split(5000) for number in fingerprints(as_inputs(part))]


def fingerprints(inputs: torch.Tensor) -> list[float]:
    """Give each row of inputs a number that no other row is likely to have."""
    some = inputs[:, ::7].cpu().double()  # every seventh number tells rows apart
    weights = torch.rand(some.shape[1], generator=torch.Generator().manual_seed(0)).double()
    return [round(number, 9) for number in (some @ weights).tolist()]

"""Task 5: a split in which no garment is on both sides."""

from collections.abc import Iterator
from typing import Any

import torch

from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson3.homework.moved_clothes import GARMENTS, PLACES, moved_clothes

SHARE = 0.2
CASES = [(50, 4, 0.2), (40, 3, 0.25), (10, 5, 0.5)]
"""Garments, pictures of each, and the share of garments to keep back."""


def splits(split: Any, training: Any, kept_back: Any) -> Iterator[Finding]:
    """Split garments that nobody has seen, then look at the split that was made."""
    for garments, places, share in CASES:
        chance = torch.Generator().manual_seed(garments)
        numbers = torch.randperm(1000, generator=chance)[:garments].repeat(places)
        numbers = numbers[torch.randperm(len(numbers), generator=chance)]
        found = list(split_mistakes(split, numbers, share))
        if found:
            yield from found[:1]
            return
    yield right("each picture once, no garment on both sides, the same again from the same seed")
    found = list(parts_mistakes(training, kept_back))
    if found:
        yield from found[:1]
        return
    yield right(f"{len(training[1]):,} pictures to train with, {len(kept_back[1]):,} kept back")


def split_mistakes(split: Any, garments: torch.Tensor, share: float) -> Iterator[Finding]:
    """Say what is wrong with a split."""
    call = f"split(garments, {share}, seed=0)"
    with calling(call):
        given = split(garments.clone(), share, seed=0)
        again = split(garments.clone(), share, seed=0)
        other = split(garments.clone(), share, seed=1)
    if given is None or given is ...:
        yield wrong("`split` returns nothing.", "end it with `return` and two tensors of indices.")
        return
    if not isinstance(given, tuple | list) or len(given) != 2 or not all(map(torch.is_tensor, given)):
        yield wrong(f"`{call}` gives a {type(given).__name__}.", "two tensors of indices.")
        return
    if any(each.dtype == torch.bool or each.is_floating_point() or each.dim() != 1 for each in given):
        kinds = [f"{each.dtype}, shape {tuple(each.shape)}" for each in given]
        yield wrong(
            f"`{call}` gives tensors of {kinds}.",
            "whole numbers: the indices of the pictures. `mask.nonzero().squeeze(1)` makes them of a mask.",
        )
        return
    indices, count = torch.cat(list(given)).tolist(), len(garments)
    if sorted(indices) != list(range(count)):
        missing = len(set(range(count)) - set(indices))
        yield wrong(
            f"Of {count} pictures `{call}` gives {len(indices)} indices, {missing} pictures are missing.",
            "the index of each picture, once: in one of the two tensors. Not the numbers of garments.",
        )
        return
    sides = [set(garments[each].tolist()) for each in given]
    both, total = sides[0] & sides[1], len(sides[0] | sides[1])
    if both:
        yield wrong(
            f"{len(both)} of {total} garments are on both sides.",
            "draw among the garments, not among the pictures: `garments.unique()` lists them, and "
            "`torch.isin(garments, some)` finds the pictures of some.",
        )
    elif abs(len(sides[1]) - share * total) > 1:
        yield wrong(
            f"Of {total} garments {len(sides[1])} are kept back, not {share:.0%}.",
            "the second tensor is what is kept back; `share` is of the garments, whose numbers have gaps: "
            "`garments.unique()`.",
        )
    elif not all(map(torch.equal, given, again)):
        yield wrong(
            "The same seed gives another split.", "a `torch.Generator().manual_seed(seed)` of its own."
        )
    elif set(other[1].tolist()) == set(given[1].tolist()):
        yield wrong("Another seed keeps the same pictures back.", "let `seed` decide which garments.")


def parts_mistakes(training: Any, kept_back: Any) -> Iterator[Finding]:
    """Say what is wrong with the pairs of pixels and labels."""
    clothes, found = moved_clothes(), []
    for name, part in (("training", training), ("kept_back", kept_back)):
        if not isinstance(part, tuple | list) or len(part) != 2 or not all(map(torch.is_tensor, part)):
            yield wrong(f"`{name}` is a {type(part).__name__}.", "a pair of tensors: pixels and labels.")
            return
        pixels, labels = part
        if tuple(pixels.shape) != (len(labels), *clothes.images.shape[1:]):
            yield wrong(
                f"`{name}` has pixels of shape {tuple(pixels.shape)} and labels of {tuple(labels.shape)}.",
                "`pixels[indices], clothes.labels[indices]`.",
            )
            return
        if not pixels.is_floating_point() or pixels.min() < 0 or not 0.99 <= pixels.max() <= 1:
            yield wrong(
                f"The pixels of `{name}` are {pixels.dtype} up to {pixels.max().item():g}.",
                "take them of `pixels`, from 0 to 1.",
            )
            return
        found.append(len(labels))
    wanted = round(GARMENTS * PLACES * SHARE)
    if sum(found) != GARMENTS * PLACES or abs(found[1] - wanted) > PLACES:
        yield wrong(
            f"{found[0]:,} pictures to train with and {found[1]:,} kept back, of {GARMENTS * PLACES:,}.",
            f"a fifth of the garments is kept back: {wanted:,} pictures.",
        )
        return
    shared = set(fingerprints(training[0])) & set(fingerprints(kept_back[0]))
    garments = dict(zip(fingerprints(clothes.images / 255), clothes.garments.tolist()))
    sides = [{garments.get(each) for each in fingerprints(part[0])} for part in (training, kept_back)]
    if shared or (sides[0] & sides[1] - {None}):
        yield wrong(
            f"{len(sides[0] & sides[1])} garments are in `training` and in `kept_back`.",
            "make both with your `split`, of `clothes.garments`.",
        )
        return
    kinds = dict(zip(fingerprints(clothes.images / 255), clothes.labels.tolist()))
    for name, (pixels, labels) in (("training", training), ("kept_back", kept_back)):
        own = [kinds.get(each) for each in fingerprints(pixels)]
        if labels.is_floating_point() or own != labels.tolist():
            yield wrong(
                f"`{name}` has labels that are not those of its pictures.",
                "`pixels[indices], clothes.labels[indices]`, with the same indices; not `clothes.garments`.",
            )
            return


def fingerprints(pixels: torch.Tensor) -> list[bytes]:
    """Give bytes by which pictures can be found again, whose pixels are from 0 to 1."""
    return [each.numpy().tobytes() for each in (255 * pixels).round().to(torch.uint8).flatten(1)]

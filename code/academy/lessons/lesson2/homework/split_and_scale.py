"""Task 1: pictures to train with and others to check with, and one scale for both."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch

from academy.data.images import ImageData
from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson2.homework.fingerprints import fingerprints, fingerprints_of
from academy.lessons.lesson2.homework.input_scale import scale_mistakes

USE_PICTURES = "take images and labels from `pictures`, not from `loaded`, which still has those laid aside."


def splits_and_scales(
    split: Any,
    as_inputs: Any,
    training: Any,
    checking: Any,
    train_count: Any,
    check_count: Any,
    pictures: Any,
    loaded: Any,
) -> Iterator[Finding]:
    """Look at the split's parts, at the scale of the inputs, and for pictures that are in both sets."""
    found = list(split_mistakes(split))
    yield from found or [right("the parts do not overlap, are shuffled, and come again with their seed")]
    for name, value, count in (("training", training, train_count), ("checking", checking, check_count)):
        if not is_pair(value):
            yield wrong(
                f"`{name}` is {described(value)}, not a pair of tensors, equally many inputs and labels.",
                f"`{name} = inputs, labels`; `torch.as_tensor` makes a tensor of an array or a list.",
            )
            return
        if len(value[1]) != count:
            yield wrong(
                f"`{name}` has {len(value[1]):,} pictures, not {count:,}.",
                "`train_count` to train with, `check_count` to check with.",
            )
            return
    found = list(common_pictures(training[0], checking[0])) or list(
        scale_mistakes(as_inputs, pictures, training[0], checking[0])
    )
    if found:
        yield from found
        return
    yield right("the training inputs have mean 0 and standard deviation 1, the others the same scale")
    yield from set_mistakes(training, checking, as_inputs, pictures, loaded)


def split_mistakes(split: Any) -> Iterator[Finding]:
    """Ask for parts of a hundred numbers."""
    parts = split(100, 60, 30, 0)
    if parts is None or parts is ...:
        yield wrong("`split` returns nothing.", "end it with `return` and two tensors of indices.")
        return
    if not isinstance(parts, Sequence) or len(parts) != 2 or not all(torch.is_tensor(part) for part in parts):
        yield wrong(
            f"`split` returns {described(parts)}, not two tensors.",
            "`return` the two parts with a comma between; `torch.as_tensor` makes a tensor of an array or a "
            "list.",
        )
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


def described(value: Any) -> str:
    """Say of which type a value is, and of which types its parts are where it has two."""
    kind = type(value).__name__
    if isinstance(value, list | tuple) and len(value) == 2:
        return f"a {kind} of a {type(value[0]).__name__} and a {type(value[1]).__name__}"
    return f"of type {kind}" if not isinstance(value, Sequence) else f"a {kind} of {len(value)}"


def common_pictures(training: torch.Tensor, checking: torch.Tensor) -> Iterator[Finding]:
    """Find pictures that are in both sets."""
    if training.dim() != 2 or training.shape[1:] != checking.shape[1:]:
        return  # their shapes are wrong, and that is found next
    seen, kept = set(fingerprints(training)), fingerprints(checking)
    if (common := sum(one in seen for one in kept)) > 0.01 * len(kept):
        yield wrong(
            f"{common} of {len(kept)} pictures to check with are in `training` too.",
            "use the two parts of `split`: one for `training`, the other for `checking`, both of `pictures`.",
        )


def set_mistakes(
    training: Any, checking: Any, as_inputs: Any, pictures: ImageData, loaded: ImageData
) -> Iterator[Finding]:
    """Find pictures where they must not be, and labels that left their pictures."""
    seen, kept = fingerprints(training[0]), fingerprints(checking[0])
    tested = set(fingerprints_of(pictures.test_images, as_inputs))
    for name, own in (("training", seen), ("checking", kept)):
        if sum(one in tested for one in own) > 0.01 * len(own):
            yield wrong(f"`{name}` holds test pictures.", "both parts come from `pictures.train_images`.")
            return
    laid_aside = len(loaded.train_labels) - len(pictures.train_labels)
    aside = set(fingerprints_of(loaded.train_images[:laid_aside], as_inputs))
    for name, own in (("training", seen), ("checking", kept)):
        if found := sum(one in aside for one in own):
            yield wrong(
                f"`{name}` holds {found} of the {laid_aside} pictures that were laid aside.", USE_PICTURES
            )
            return
    labels = loaded.train_labels.tolist()
    places = {one: place for place, one in enumerate(fingerprints_of(loaded.train_images, as_inputs))}
    for name, own, pair in (("training", seen, training), ("checking", kept, checking)):
        where, given = [places.get(one) for one in own], pair[1].tolist()
        fits, before, behind = [fitting(where, given, labels, off) for off in (0, -laid_aside, laid_aside)]
        if fits < 0.99 * len(own):
            yield wrong(
                f"In `{name}` {len(own) - fits} of {len(own)} labels are not those of their pictures.",
                f"the labels stand {laid_aside} places away from their pictures. {USE_PICTURES}"
                if max(before, behind) > 0.99 * len(own)
                else "index images and labels with the same part.",
            )
            return
    yield right(
        f"{len(seen):,} pictures to train with, {len(kept):,} others to check with, none from the test"
    )


def fitting(where: list[int | None], given: list[int], labels: list[int], off: int) -> int:
    """Count the given labels that are those of the pictures so many places further."""
    return sum(
        place is not None and labels[(place + off) % len(labels)] == label
        for place, label in zip(where, given)
    )

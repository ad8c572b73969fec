"""Task 3: features of a set of pictures, in batches and of unit length."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

from academy.homework.given_values import tensor_in
from academy.homework.tasks import Finding, calling, right, wrong

MOST_AT_ONCE = 64
"""Pictures in a batch."""
ASKED = 70
"""Pictures that the check hands over: more than one batch holds, and no whole number of them."""
TRIED = 24
"""Queries by which a backbone is judged, equally many of each kind."""
LEAST_RIGHT = 0.3
"""Share of them whose nearest picture is of their kind: chance gives a twelfth."""


def collects_features(
    features_of: Any, index: Any, backbone: Any, prepare: Any, reference: Any, queries: Any
) -> Iterator[Finding]:
    """Compare features with those of one picture after the other, and try the index."""
    pictures = mixed_pictures(reference.images)
    found = list(feature_mistakes(features_of, pictures, backbone, prepare))
    if found:
        yield from found
        return
    yield right(f"{ASKED} pictures become {ASKED} rows of length 1, in order, without gradients")
    found = list(index_mistakes(index, features_of, reference.images))
    if found:
        yield from found
        return
    tried = first_of_each(queries.labels, TRIED)
    asked, known = tensor_in(features_of(queries.images[tried])), tensor_in(index)
    assert asked is not None  # as was seen above
    assert known is not None
    nearest = (asked @ known.T).argmax(dim=1)
    share = (reference.labels[nearest] == queries.labels[tried]).double().mean().item()
    said = f"of {TRIED} drawings in the unseen style, {share:.0%} have a picture of their kind nearest"
    if share < LEAST_RIGHT:
        yield wrong(
            f"{said.capitalize()}; at least {LEAST_RIGHT:.0%} should, chance gives "
            f"{1 / len(set(queries.labels.tolist())):.0%}.",
            "are the weights trained, and is `prepare` what this backbone expects?",
        )
    else:
        yield right(said)


def mixed_pictures(images: torch.Tensor) -> list[Any]:
    """Return tensors and PIL pictures in a row, of several sizes."""
    drawn = [image.clone() for image in images[:: len(images) // (ASKED - 4)][: ASKED - 4]]
    painted = [
        Image.fromarray(image.permute(1, 2, 0).numpy()).resize(size)
        for image, size in zip(images[-4:], ((96, 96), (200, 100), (60, 90), (128, 128)))
    ]
    return painted[:2] + drawn + painted[2:]


def feature_mistakes(
    features_of: Any, pictures: Sequence[Any], backbone: nn.Module, prepare: Any
) -> Iterator[Finding]:
    """Say what keeps features from being those of one picture after the other, at length 1."""
    with calling(f"features_of(pictures) on a list of {len(pictures)} tensors and PIL pictures"):
        given, largest = with_largest_batch(features_of, pictures, backbone)
    if given is None or given is ...:
        yield wrong("`features_of` returns nothing.", "end it with `return` and the features.")
        return
    found = tensor_in(given)
    if found is None or found.dim() != 2 or len(found) != len(pictures):
        shape = "no numbers" if found is None else f"shape {tuple(found.shape)}"
        yield wrong(
            f"{len(pictures)} pictures become {shape}, not ({len(pictures)}, features).",
            "`torch.cat` of the batches, the last and smaller one among them.",
        )
    elif getattr(given, "requires_grad", False):
        yield wrong(
            "The features carry a graph for gradients.",
            "`with torch.no_grad():` around the network's work: else memory fills with graphs.",
        )
    elif largest > MOST_AT_ONCE:
        yield wrong(
            f"The network gets {largest} pictures at once; at most {MOST_AT_ONCE} are asked for.",
            "go through the pictures in steps: 10,000 at once fit into no memory.",
        )
    elif backbone.training:
        yield wrong(
            "`features_of` leaves `backbone` in training mode.", "`backbone.eval()`, and no `train()`."
        )
    else:
        yield from value_mistakes(found, one_by_one(pictures, backbone, prepare))


def with_largest_batch(features_of: Any, pictures: Sequence[Any], backbone: nn.Module) -> tuple[Any, int]:
    """Return the features of pictures, and how many pictures the network got at once."""
    sizes = [0]

    def note(network: nn.Module, given: tuple[Any, ...]) -> None:
        sizes.append(len(given[0]))

    hook = backbone.register_forward_pre_hook(note)
    try:
        return features_of(pictures), max(sizes)
    finally:
        hook.remove()


@torch.no_grad()
def one_by_one(pictures: Sequence[Any], backbone: nn.Module, prepare: Any) -> torch.Tensor:
    """Return the features of each picture, not yet of unit length."""
    return torch.cat([backbone(prepare(picture)[None]) for picture in pictures]).double()


def value_mistakes(found: torch.Tensor, bare: torch.Tensor) -> Iterator[Finding]:
    """Compare rows with the network's own features.

    Args:
        found: What the student made, shape (count, features).
        bare: The network's, of any length.
    """
    lengths = found.norm(dim=1)
    if not torch.isfinite(found).all():
        yield wrong("Some features are not finite.", "what does `prepare` give?")
        return
    if (lengths - 1).abs().max() > 1e-3:
        yield wrong(
            f"The rows have lengths from {lengths.min():.2f} to {lengths.max():.2f}, not 1.",
            "divide each row by its own length: `F.normalize(features, dim=1)`.",
        )
        return
    if found.shape[1] != bare.shape[1]:
        yield wrong(
            f"A picture has {found.shape[1]:,} features; `backbone` gives {bare.shape[1]:,}.",
            "`backbone(batch)` as it is, then unit length.",
        )
        return
    alike = found @ F.normalize(bare, dim=1).T
    own = alike.diagonal()
    if own.min() > 0.999:
        return
    places = alike.argmax(dim=1)
    if len(set(places.tolist())) == len(places) and alike.amax(dim=1).min() > 0.999:
        yield wrong("The rows are in another order than the pictures.", "no shuffling: row 0 is picture 0.")
    else:
        yield wrong(
            f"`features_of` gives a picture others than `backbone(prepare(picture)[None])`: their cosine is "
            f"{own.min():.3f}, not 1.",
            "each picture goes through `prepare` once and then through `backbone`, and nothing in its row "
            "comes from its neighbors.",
        )


def index_mistakes(index: Any, features_of: Any, images: torch.Tensor) -> Iterator[Finding]:
    """Say where an index is not the features of the reference set."""
    found, count = tensor_in(index), len(images)
    if found is None or found.dim() != 2 or len(found) != count:
        shape = "no numbers" if found is None else f"shape {tuple(found.shape)}"
        yield wrong(
            f"`index` has {shape}, not ({count}, features).", "`index = features_of(reference.images)`."
        )
        return
    some = list(range(0, count, count // TRIED))
    wanted = tensor_in(features_of(images[some]))
    if wanted is None or wanted.shape != found[some].shape or (found[some] - wanted).abs().max() > 1e-3:
        yield wrong(
            "`index` does not hold what `features_of` gives for the same pictures now.",
            "run the cell again after a change: `index = features_of(reference.images)`, in this order.",
        )


def first_of_each(labels: torch.Tensor, count: int) -> list[int]:
    """Return places of pictures, equally many of each kind."""
    kinds = sorted(set(labels.tolist()))
    return [
        place for kind in kinds for place in (labels == kind).nonzero()[: count // len(kinds), 0].tolist()
    ]

"""Task 8: a photo made ready for the net, and what the net says of it."""

from collections.abc import Iterator
from typing import Any

import torch

from academy.data.snapshots import snapshot
from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson2.homework.fingerprints import fingerprints
from academy.lessons.lesson2.homework.net_answers import KINDS, measured, probabilities
from academy.lessons.lesson2.homework.prepared_photos import (
    FEW_PHOTOS,
    look_for_loss,
    preparation_mistakes,
    squeezed,
)

PHOTOS = 150
SEED = 150_828
"""Of the photos; the order of a small seed is likely the one by which a student split."""
LARGEST_LOSS_BY_CAMERA = 0.12


def reads_photos(
    prepare: Any, tell: Any, final_net: Any, as_inputs: Any, training: Any, pictures: Any
) -> Iterator[Finding]:
    """Photograph pictures, and see how many the net still names after the student's preparation."""
    chance = torch.Generator().manual_seed(SEED)
    chosen = unseen(pictures, training[0], as_inputs, chance)
    shown, labels = pictures.train_images[chosen], pictures.train_labels[chosen]
    photos = [snapshot(picture, chance) for picture in shown]
    if found := list(preparation_mistakes(prepare, photos, shown)) or list(
        probability_mistakes(tell, photos[0])
    ):
        yield from found
        return
    told = torch.stack([torch.as_tensor(tell(photo)).detach().cpu() for photo in photos])
    prepared = torch.stack([prepare(photo.clone()) for photo in photos[:FEW_PHOTOS]])
    if (told[:FEW_PHOTOS] - probabilities(final_net, as_inputs(prepared))).abs().max() > 0.02:
        yield wrong(
            "`tell` gives other probabilities than `final_net` on `as_inputs(prepare(camera)[None])`.",
            "scale as in training.",
        )
        return
    yield right("a photo becomes a picture as the data set has them, and the picture ten probabilities")
    after = (told.argmax(1) == labels).double().mean().item()
    device = next(final_net.parameters()).device
    before = measured(final_net, as_inputs(shown).to(device), labels.to(device))[1]
    bare = torch.cat([squeezed(photo, shown) for photo in photos])
    without = measured(final_net, as_inputs(bare).to(device), labels.to(device))[1]
    said = (
        f"of {PHOTOS} pictures `final_net` names {before:.0%}, of their photos as you prepare them "
        f"{after:.0%}, only made small {without:.0%}"
    )
    if after < before - LARGEST_LOSS_BY_CAMERA:
        yield wrong(
            f"{said}; at most {100 * LARGEST_LOSS_BY_CAMERA:.0f} points may be lost.",
            look_for_loss(prepared.cpu(), shown[:FEW_PHOTOS]),
        )
    else:
        yield right(said)


def unseen(pictures: Any, training: Any, as_inputs: Any, chance: torch.Generator) -> list[int]:
    """Draw training pictures that are not in `training`: the test set stays for its one measurement."""
    drawn = torch.randperm(len(pictures.train_labels), generator=chance)[: 10 * PHOTOS]
    used = set(fingerprints(training))
    known = [number in used for number in fingerprints(as_inputs(pictures.train_images[drawn]))]
    return [index for _, index in sorted(zip(known, drawn.tolist()), key=lambda pair: pair[0])][:PHOTOS]


def probability_mistakes(tell: Any, photo: torch.Tensor) -> Iterator[Finding]:
    """Say what keeps an answer from being ten probabilities."""
    told = tell(photo)
    if told is None or told is ...:
        yield wrong("`tell` returns nothing.", "end it with `return` and ten probabilities.")
        return
    told = torch.as_tensor(told).detach().cpu().double()
    if tuple(told.shape) != (KINDS,):
        yield wrong(f"`tell` returns shape {tuple(told.shape)}, not ({KINDS},).", "one photo: take row 0.")
    elif told.min() < 0 or abs(told.sum().item() - 1) > 1e-3:
        yield wrong(
            f"What `tell` returns sums to {told.sum():.2f}, and its least is {told.min():.2f}.",
            "the net gives logits: `.softmax(dim=1)` makes probabilities of them.",
        )

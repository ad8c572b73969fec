"""Task 5: sliders along the principal components of codes, and what each of them moves."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson5.homework.models import (
    ORDINALS,
    images_of,
    model_mistakes,
    posterior_of,
    two_models,
)
from academy.lessons.lesson5.judge import JUDGED
from academy.lessons.lesson5.knobs import TURN, Effect, effect_of
from academy.lessons.lesson5.latents import LatentPCA, latent_pca

SLIDERS = 8
TURNED = 100
"""Faces kept back by which a slider is judged."""
NEAR = 0.004
"""Mean difference of pixels from 0 to 1 at which two pictures are the same."""
TIED = 0.05
"""By how much another attribute may be moved more than the one that is named: chance of a hundred faces."""
TRIED = ((0, 2.0), (0, -1.0), (5, 1.5))
"""Sliders, and by how many standard deviations the check moves them."""


def turns(move: Any, most: Any, models: Any, learned: Any, kept_back: Any) -> Iterator[Finding]:
    """Move sliders of both models, and ask the judge what each of the eight does."""
    found = list(model_mistakes(models, kept_back.images[:4]))
    pair = two_models(models)
    if found or pair is None:
        yield from found
        return
    axes = [latent_pca(posterior_of(model, learned.images).mean) for model in pair]
    for place, ordinal in enumerate(ORDINALS):
        found = list(move_mistakes(move, pair, axes, place, kept_back.images))
        if found:
            yield from found
            return
        yield right(f"sliders of the {ordinal} model go along the principal components of its codes")
    named = names_in(most)
    if named is None:
        yield wrong(
            f"`most` is {type(most).__name__} without two rows of {SLIDERS} attributes.",
            f"for each model, for each slider, a name out of `JUDGED`: {', '.join(JUDGED)}.",
        )
        return
    for place, ordinal in enumerate(ORDINALS):
        found = list(
            name_mistakes(named[place], named[1 - place], ordinal, pair[place], axes[place], kept_back)
        )
        if found:
            yield from found
            return
        yield right(f"the {ordinal} model's sliders, by the judge: {', '.join(named[place])}")


def step_of(axes: LatentPCA, slider: int) -> torch.Tensor:
    """Give one standard deviation along a component, shape (latents,)."""
    step: torch.Tensor = axes.variances[slider].sqrt() * axes.components[slider]
    return step


def move_mistakes(
    move: Any, pair: list[nn.Module], axes: list[LatentPCA], place: int, images: torch.Tensor
) -> Iterator[Finding]:
    """Say where moving a slider of one of the models makes another picture than its component does."""
    model = pair[place]
    codes = posterior_of(model, images[:2]).mean
    turned: dict[int, float] = {}
    for slider, amount in TRIED:
        call = f"move(model, code, {slider}, {amount:g})"
        with calling(call), torch.no_grad():
            found = move(model, codes.clone(), slider, amount)
        if found is None or found is ...:
            yield wrong("`move` returns nothing.", "end it with `return` and the images.")
            return
        shape = f"shape {tuple(found.shape)}" if torch.is_tensor(found) else f"a {type(found).__name__}"
        if shape != f"shape {(2, 3, 64, 64)}":
            yield wrong(
                f"`{call}` gives {shape} for two codes, not (2, 3, 64, 64).",
                "move the codes, and give them to `model.decoder`.",
            )
            return
        made, sign = found.detach().float().cpu(), turned.get(slider)
        apart = {
            side: difference(made, images_of(model, codes + side * amount * step_of(axes[place], slider)))
            for side in ((1.0, -1.0) if sign is None else (sign,))
        }
        best = min(apart, key=lambda side: apart[side])
        if not apart[best] < NEAR:
            yield wrong(
                f"`{call}` of the {ORDINALS[place]} model makes pictures that differ by {apart[best]:.3f} "
                "from those of its component, for pixels from 0 to 1.",
                look_for_move(made, codes, slider, amount, pair, axes, place),
            )
            return
        turned[slider] = best


def difference(one: torch.Tensor, other: torch.Tensor) -> float:
    """Give the mean difference of two sets of pictures, without sign."""
    return (one - other).abs().mean().item()


def look_for_move(
    made: torch.Tensor,
    codes: torch.Tensor,
    slider: int,
    amount: float,
    pair: list[nn.Module],
    axes: list[LatentPCA],
    place: int,
) -> str:
    """Say which mistake makes these pictures."""
    own, other, latents = axes[place], axes[1 - place], codes.shape[1]
    root = own.variances.sqrt()
    unit = torch.eye(latents)[slider]
    slips = {
        "the code is not moved at all.": codes,
        "times the std along the component, which is the root of its variance.": (
            codes + amount * own.variances[slider] * own.components[slider]
        ),
        "−2 must go the other way than 2.": codes + abs(amount) * step_of(own, slider),
        "one step is one standard deviation along the component: times the root of its variance.": (
            codes + amount * own.components[slider]
        ),
        "that is the narrowest component: sort by variance, the widest first.": (
            codes + amount * root[latents - 1 - slider] * own.components[latents - 1 - slider]
        ),
        "sliders count from 0.": codes + amount * step_of(own, max(slider - 1, 0)),
        "sliders count from 0: this one moves the next.": codes + amount * step_of(own, slider + 1),
        "that is a latent, not a component: a component is a direction through all latents.": (
            codes + amount * unit
        ),
        "that is a latent, not a component, though as far as its std.": (
            codes + amount * unit * root[slider]
        ),
        "components are rows: `components[slider]`, not a column.": (
            codes + amount * root[slider] * own.components[:, slider]
        ),
        "move the code that is given, not the mean code.": (
            own.mean.expand_as(codes) + amount * step_of(own, slider)
        ),
        "the slider moves *by* the amount from where the code is, not *to* it.": own.code(
            own.sliders(codes).index_fill(1, torch.tensor([slider]), amount)
        ),
    }
    if other.mean.shape == own.mean.shape:
        slips["these are the other model's components: each model has its own."] = codes + amount * step_of(
            other, slider
        )
    apart = {
        look: min(
            difference(made, images_of(pair[place], moved)) for moved in (slip, 2 * codes - slip)
        )  # either way, as the sign of a component is chance
        for look, slip in slips.items()
    }
    nearest = min(apart, key=lambda look: apart[look])
    if apart[nearest] < NEAR / 4:
        return nearest
    return (
        "`code + amount * std * component`, with the components of the mean codes of `learned`, and then "
        "`model.decoder`, in evaluation mode."
    )


def names_in(most: Any) -> list[list[str]] | None:
    """Return two rows of attributes, given by name or by place in ``JUDGED``; None if there are no such."""
    if hasattr(most, "tolist"):
        most = most.tolist()
    rows = list(most.values()) if isinstance(most, dict) else most
    if not isinstance(rows, list | tuple) or len(rows) != 2:
        return None
    found = []
    for row in rows:
        row = row.tolist() if hasattr(row, "tolist") else row
        row = [*row.values()] if isinstance(row, dict) else row
        if not isinstance(row, list | tuple) or len(row) != SLIDERS:
            return None
        found.append([name_in(each) for each in row])
    return None if any(name is None for row in found for name in row) else found


def name_in(value: Any) -> Any:
    """Return an attribute by name or by place in ``JUDGED``; None if it is none."""
    if isinstance(value, str):
        return value if value in JUDGED else None
    try:
        return JUDGED[int(value)] if 0 <= int(value) < len(JUDGED) else None
    except (TypeError, ValueError):
        return None


def name_mistakes(
    named: list[str],
    others: list[str],
    ordinal: str,
    model: nn.Module,
    axes: LatentPCA,
    kept_back: Any,
) -> Iterator[Finding]:
    """Say which slider moves another attribute most than the one that is named."""
    codes = posterior_of(model, kept_back.images[:TURNED]).mean
    effects = [
        effect_of(lambda given: images_of(model, given), codes, TURN * step_of(axes, slider))
        for slider in range(SLIDERS)
    ]
    missed = [place for place in range(SLIDERS) if not is_among(named[place], effects[place])]
    if not missed:
        return
    slider = missed[0]
    effect, own = effects[slider], named[slider]
    if all(is_among(name, each) for name, each in zip(others, effects)):
        look = "the rows of `most` are in the other order."
    elif all(is_among(name, each) for name, each in zip(reversed(named), effects)):
        look = "these are in the opposite order: the widest component comes first."
    elif all(is_highest(name, each) for name, each in zip(named, effects)):
        look = (
            f"first the mean over the faces of the change from −{TURN:g} to +{TURN:g}, then the largest "
            "without its sign: which way a component points is chance."
        )
    else:
        look = (
            f"for the first {TURNED} faces kept back, `probabilities` at +{TURN:g} less those at −{TURN:g}; "
            "their mean over the faces; the largest without its sign."
        )
    yield wrong(
        f"Slider {slider} of the {ordinal} model moves {effect.most} most, by "
        f"{signed(effect, effect.most)}; you name {own}, {signed(effect, own)}.",
        look,
    )


def is_among(name: str, effect: Effect) -> bool:
    """Tell whether an attribute is moved most, or as good as."""
    return bool(effect.changes[JUDGED.index(name)].abs() >= effect.changes.abs().max() - TIED)


def is_highest(name: str, effect: Effect) -> bool:
    """Tell whether an attribute is the one that rises most, or falls most where a component is turned."""
    found = effect.changes[JUDGED.index(name)]
    return bool(found >= effect.changes.max() - TIED or found <= effect.changes.min() + TIED)


def signed(effect: Effect, name: str) -> str:
    """Write how far an attribute is moved."""
    return f"{effect.changes[JUDGED.index(name)]:+.2f}".replace("-", "−")

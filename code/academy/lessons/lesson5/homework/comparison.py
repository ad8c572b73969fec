"""Task 4: two models that differ in one thing, and a table whose numbers are measured again."""

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import torch
from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson5.faces import Faces, pixels
from academy.lessons.lesson5.homework.models import (
    ORDINALS,
    images_of,
    model_mistakes,
    posterior_of,
    two_models,
)
from academy.lessons.lesson5.latents import latent_pca
from academy.lessons.lesson5.measures import psnr
from academy.nets.autoencoders import Gaussians, gaussian_kl

COMPONENTS = 8
NAMES = ("PSNR", "KL", "share")
NEAR = (0.05, 0.5, 0.005)
"""Decibels, nats and share by which a number of the table may be off, as of another device or rounding."""
LEAST_GAIN = 1.0
"""Decibels by which the better model must beat the mean face."""
CLEAR_FACTOR = 3
"""From which factor between two β on the larger must leave fewer nats."""
FIXED = ("seed", "steps")
"""What both models have in common, so that the change alone can make the difference."""
SHAPED = ("depth", "width", "channels", "latents", "layers")
"""In the names of what changes the shapes of weights."""
UNSHAPED = ("beta", "β", "loss", "rate", "warm")
"""In the names of what leaves them."""


class Look(NamedTuple):
    """All that is measured of a model."""

    kept_images: torch.Tensor
    """Float from 0 to 1."""
    kept: Gaussians
    learned: Gaussians
    made: torch.Tensor
    """Reconstructions of the faces kept back, from mean codes."""

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Give the three numbers of a row."""
        return mean_psnr(self), nats(self.kept), share_of(self.learned.mean)


def looked_at(model: nn.Module, learned: Faces, kept_back: Faces) -> Look:
    """Send faces through a model."""
    kept = posterior_of(model, kept_back.images)
    learned_clouds = posterior_of(model, learned.images)
    return Look(pixels(kept_back.images), kept, learned_clouds, images_of(model, kept.mean))


def mean_psnr(look: Look) -> float:
    """Give the mean PSNR of reconstructions."""
    return float(psnr(look.made, look.kept_images).mean())


def nats(clouds: Gaussians) -> float:
    """Give the mean KL of a face."""
    return float(gaussian_kl(clouds).sum(dim=1).mean())


def share_of(codes: torch.Tensor, count: int = COMPONENTS) -> float:
    """Give the share of the codes' variance in the first components."""
    return float(latent_pca(codes).shares[:count].sum())


def compares(models: Any, recipes: Any, table: Any, learned: Any, kept_back: Any) -> Iterator[Finding]:
    """Look at both models, at what their recipes say, and measure each number of the table."""
    found = list(model_mistakes(models, kept_back.images[:4]))
    pair = two_models(models)
    if found or pair is None:
        yield from found
        return
    yield right("two models at rest, with weights of their own")
    found = list(recipe_mistakes(recipes, pair))
    if found:
        yield from found
        return
    changed = differing(*recipes_in(recipes))[0]
    looks = [looked_at(model, learned, kept_back) for model in pair]
    found = list(training_mistakes(looks, learned)) or list(beta_mistakes(recipes_in(recipes), looks))
    if found:
        yield from found
        return
    first, second = (recipe[changed] for recipe in recipes_in(recipes))
    yield right(f"one change: {changed}, {first} and {second}; seed and steps are the same")
    yield from table_mistakes(table, looks)


def recipes_in(recipes: Any) -> list[dict[str, Any]]:
    """Return both recipes as dicts, of dicts, dataclasses or named tuples; none if there are not two."""
    given = list(recipes.values()) if isinstance(recipes, dict) else recipes
    if not isinstance(given, list | tuple) or len(given) != 2:
        return []
    found = []
    for each in given:
        if isinstance(each, Mapping):
            found.append(dict(each))
        elif dataclasses.is_dataclass(each) and not isinstance(each, type):
            found.append({field.name: getattr(each, field.name) for field in dataclasses.fields(each)})
        elif hasattr(each, "_asdict"):
            found.append(each._asdict())
    return found if len(found) == 2 else []


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """List what two recipes say differently."""
    names = dict.fromkeys([*first, *second])
    return [str(name) for name in names if repr(first.get(name)) != repr(second.get(name))]


def recipe_mistakes(recipes: Any, pair: list[nn.Module]) -> Iterator[Finding]:
    """Say why recipes do not differ in one thing, or the models in another."""
    both = recipes_in(recipes)
    if not both:
        yield wrong(
            f"`recipes` is {type(recipes).__name__} without two recipes.",
            '`recipes = [RECIPE, RECIPE | {"beta": …}]`: all that decides how each model comes out.',
        )
        return
    lacking = [name for name in FIXED if any(name not in recipe for recipe in both)]
    changed = differing(*both)
    if lacking:
        yield wrong(
            f"The recipes do not say {' and '.join(lacking)}.",
            "a comparison of two trainings needs the same seed and as many steps in both.",
        )
    elif not changed:
        yield wrong("Both recipes are the same.", "change one thing: β, the depth, the loss.")
    elif moved := [name for name in changed if name in FIXED]:
        yield wrong(
            f"The recipes differ in {' and '.join(moved)}: {both[0][moved[0]]} and {both[1][moved[0]]}.",
            "leave these as they are: else luck or time makes the difference, and not your change.",
        )
    elif len(changed) > 1:
        yield wrong(
            f"The recipes differ in {len(changed)} things: {', '.join(changed)}.",
            "change one alone, or you cannot tell which did it.",
        )
    else:
        yield from shape_mistakes(changed[0], pair)


def shape_mistakes(changed: str, pair: list[nn.Module]) -> Iterator[Finding]:
    """Say where the models' weights do not go with what was changed."""
    first, second = (sorted(tuple(each.shape) for each in model.parameters()) for model in pair)
    if any(part in changed.lower() for part in UNSHAPED) and first != second:
        yield wrong(
            f"The recipes differ in {changed} alone, but the models have weights of different shapes.",
            "that is a second change: give both the same encoder, decoder and latents.",
        )
    elif any(part in changed.lower() for part in SHAPED) and first == second:
        yield wrong(
            f"The recipes differ in {changed}, but the models have weights of the same shapes.",
            "does what builds the models use it?",
        )


def training_mistakes(looks: list[Look], learned: Faces) -> Iterator[Finding]:
    """Say which model gives faces back no better than no model."""
    mean_face = pixels(learned.images).mean(dim=0, keepdim=True).expand_as(looks[0].kept_images)
    baseline = psnr(mean_face, looks[0].kept_images).mean().item()
    found = [mean_psnr(look) for look in looks]
    for ordinal, value in zip(ORDINALS, found):
        if value < baseline - LEAST_GAIN:
            yield wrong(
                f"The {ordinal} model gives faces back at {value:.1f} dB; the mean face alone has "
                f"{baseline:.1f}.",
                "was it trained? On pixels from 0 to 1, as `pixels` gives them?",
            )
            return
    if max(found) < baseline + LEAST_GAIN:
        yield wrong(
            f"The models give faces back at {found[0]:.1f} and {found[1]:.1f} dB; the mean face alone has "
            f"{baseline:.1f}.",
            "all codes say the same: means for sums in the loss, or β too large (`check(1)`).",
        )


def beta_mistakes(recipes: list[dict[str, Any]], looks: list[Look]) -> Iterator[Finding]:
    """Say where the model with the much larger β has more nats left."""
    (changed,) = differing(*recipes)
    if changed.lower() not in ("beta", "β"):
        return
    try:
        first, second = (float(recipe[changed]) for recipe in recipes)
    except (TypeError, ValueError):
        return
    if max(first, second) < CLEAR_FACTOR * min(first, second):
        return
    found = [nats(look.kept) for look in looks]
    if (first < second) != (found[0] > found[1]):
        yield wrong(
            f"With β = {first:g} and {second:g} the models have a KL of {found[0]:.1f} and {found[1]:.1f} "
            "nats; the larger β must leave fewer.",
            "are `models` in the order of `recipes`, and does the training use β?",
        )


def table_mistakes(table: Any, looks: list[Look]) -> Iterator[Finding]:
    """Compare each number of a table with what is measured."""
    rows = rows_in(table)
    if rows is None:
        yield wrong(
            f"`table` is {type(table).__name__} without two rows of three numbers.",
            "a row a model: PSNR in decibels, KL in nats, share of variance from 0 to 1.",
        )
        return
    measured = [look.numbers for look in looks]
    if off(rows[0], measured[0]) and not off(rows[0], measured[1]) and not off(rows[1], measured[0]):
        yield wrong("The rows of `table` are in the other order.", "the first row is the first model's.")
        return
    for ordinal, row, wanted, look in zip(ORDINALS, rows, measured, looks):
        for place in off(row, wanted):
            yield wrong(
                f"The {NAMES[place]} of the {ordinal} model is {wanted[place]:.3f}; your table has "
                f"{row[place]:.3f}.",
                look_for_number(place, row[place], look),
            )
            return
    for ordinal, wanted in zip(ORDINALS, measured):
        yield right(
            f"the {ordinal} model: PSNR {wanted[0]:.2f} dB, KL {wanted[1]:.1f} nats, "
            f"{wanted[2]:.0%} of the codes' variance in {COMPONENTS} components"
        )


def off(row: list[float], wanted: tuple[float, ...]) -> list[int]:
    """List the places where a row is not what was measured; what is no number is not, either."""
    return [
        place
        for place, (one, other, apart) in enumerate(zip(row, wanted, NEAR))
        if not abs(one - other) <= max(apart, 0.002 * abs(other))
    ]


def rows_in(table: Any) -> list[list[float]] | None:
    """Return two rows of three numbers of a dict, a list, an array, a tensor or a data frame."""
    if hasattr(table, "to_numpy"):
        table = table.to_numpy()
    if isinstance(table, Mapping):
        table = list(table.values())
    try:
        rows = [row_in(row) for row in table]
    except TypeError:
        return None
    found = [row for row in rows if row is not None and len(row) == len(NAMES)]
    return found if len(found) == len(rows) == 2 else None


def row_in(row: Any) -> list[float] | None:
    """Return the numbers of a row; where they have names, in our order."""
    if hasattr(row, "_asdict"):
        row = row._asdict()
    if isinstance(row, Mapping):
        named = {str(name).lower(): value for name, value in row.items()}
        wanted = [[value for name, value in named.items() if name.startswith(ours.lower())] for ours in NAMES]
        row = [values[0] for values in wanted if values]
    return numbers_in(row)


Slip = Callable[[Look], float]
SLIPS: tuple[dict[str, Slip], ...] = (
    {
        "that is the PSNR of the mean error; asked is the mean of each face's PSNR.": lambda look: (
            -10 * math.log10(((look.made - look.kept_images) ** 2).mean().item())
        ),
        "without the sign: −10 log₁₀ of the mean squared error.": lambda look: -mean_psnr(look),
        "a logarithm to base 10, times 10.": lambda look: mean_psnr(look) * math.log(10),
    },
    {
        "that is the mean over the latents: sum them.": lambda look: (
            nats(look.kept) / look.kept.mean.shape[1]
        ),
        "that is summed over the faces: take their mean.": lambda look: nats(look.kept) * len(look.kept.mean),
        "the half is missing.": lambda look: 2 * nats(look.kept),
        "that is of the faces it learned from; asked are those kept back.": lambda look: nats(look.learned),
    },
    {
        "a percentage; asked is a share, from 0 to 1.": lambda look: 100 * share_of(look.learned.mean),
        "the codes are those of the faces learned from, not of those kept back.": lambda look: share_of(
            look.kept.mean
        ),
        "that is the first component alone; asked are the first eight.": lambda look: share_of(
            look.learned.mean, 1
        ),
        "that is the eighth component alone; asked is the sum of the first eight.": lambda look: (
            share_of(look.learned.mean) - share_of(look.learned.mean, COMPONENTS - 1)
        ),
        "that is a variance; its share is what it is of the sum of all.": lambda look: float(
            latent_pca(look.learned.mean).variances[:COMPONENTS].sum()
        ),
        "these are eight latents; asked are eight principal components.": lambda look: latents_share(
            look.learned.mean
        ),
        "from shares of variance, not of std.": lambda look: std_share(look.learned.mean),
        "take the mean code away first, as a covariance does.": lambda look: moment_share(look.learned.mean),
    },
)


def latents_share(codes: torch.Tensor) -> float:
    """Give the share of variance in the eight widest latents."""
    variances = codes.var(dim=0).sort(descending=True).values
    return float(variances[:COMPONENTS].sum() / variances.sum())


def std_share(codes: torch.Tensor) -> float:
    """Give the share of the roots of variances in the first components."""
    roots = latent_pca(codes).variances.sqrt()
    return float(roots[:COMPONENTS].sum() / roots.sum())


def moment_share(codes: torch.Tensor) -> float:
    """Give the share of the squares in the first components of codes whose mean is left in."""
    squares = torch.linalg.svdvals(codes) ** 2
    return float(squares[:COMPONENTS].sum() / squares.sum())


def look_for_number(place: int, found: float, look: Look) -> str:
    """Say which mistake gives a number, or how it is measured."""
    for said, slip in SLIPS[place].items():
        value = slip(look)
        if abs(found - value) <= max(NEAR[place] / 5, 1e-3 * abs(value)):
            return said
    return (
        "the mean PSNR of the 500 faces kept back, from their mean codes: drawn ones blur.",
        "for each face kept back the sum over its latents, and then the mean over the faces.",
        "`latent_pca` of the mean codes of `learned`: the first eight `shares`, added.",
    )[place] + " Run the cell of the table again when a model has changed."

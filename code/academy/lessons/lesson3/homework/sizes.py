"""Task 1: sides of maps and numbers of parameters by formula, compared with layers of PyTorch."""

import random
import re
from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

import torch
from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong

Layer = tuple[int, int, int, int]
"""Kernel size, stride, padding and dilation."""

CHAINS = 40
COUNTS = [(1, 16, 5, 1), (3, 8, 3, 1), (16, 32, 3, 4), (24, 24, 3, 24), (64, 10, 1, 1)]
"""Channels in and out, kernel size and groups."""
TOO_SMALL: list[tuple[int, list[Layer]]] = [
    (12, [(5, 2, 0, 1), (3, 1, 0, 2)]),
    (14, [(5, 2, 0, 1), (5, 1, 1, 2)]),
]
"""The second window spans 5 pixels of 4, then 9 of 5 and 2 of padding."""
PLAIN: list[tuple[int, list[Layer]]] = [
    (12, [(3, 1, 0, 1)]),
    (12, [(3, 2, 0, 1)]),
    (12, [(3, 1, 1, 1)]),
    (12, [(3, 1, 0, 2)]),
    (12, [(3, 1, 0, 1), (3, 1, 0, 1)]),
    (3, [(5, 1, 1, 1)]),
]
"""One thing more each time: stride, padding, dilation, depth; a window that only padding makes fit."""


def counts(output_sides: Any, parameter_count: Any) -> Iterator[Finding]:
    """Try both functions on layers that nobody has seen, and one that cannot be."""
    found = list(side_mistakes(output_sides)) or list(refusal_mistakes(output_sides))
    if found:
        yield from found[:1]
        return
    yield right(f"the sides of {CHAINS} rows of layers, as PyTorch has them")
    yield right("a window that does not fit is refused, with both sizes")
    found = list(count_mistakes(parameter_count))
    if found:
        yield from found[:1]
        return
    yield right("weights and biases, with groups too")


def chains() -> list[tuple[int, list[Layer]]]:
    """Draw rows of layers that fit: plain ones first, then with all options."""
    chance, found = random.Random(31), list(PLAIN)
    while len(found) < CHAINS:
        side, layers = chance.randrange(9, 41), list[Layer]()
        for _ in range(1 + len(found) % 4):
            kernel, stride, padding = chance.randint(1, 5), chance.randint(1, 3), chance.randint(0, 2)
            layers.append((kernel, stride, padding, chance.randint(1, 3)))
        if sides_of(side, layers):
            found.append((side, layers))
    return found


def sides_of(side: int, layers: list[Layer]) -> list[int]:
    """Ask PyTorch for the side behind each layer; nothing where a window does not fit."""
    maps, found = torch.zeros(1, 1, side, side, device="meta"), []
    for layer in layers:
        window, there = spanned(maps.shape[-1], layer)
        if window > there:
            return []
        maps = nn.Conv2d(1, 1, *layer, device="meta")(maps)
        found.append(maps.shape[-1])
    return found


def side_mistakes(output_sides: Any) -> Iterator[Finding]:
    """Say for which row of layers the sides are others than PyTorch's."""
    for side, layers in chains():
        call = f"output_sides({side}, {layers})"
        try:
            with calling(call):
                given = output_sides(side, list(layers))
        except ValueError as error:
            yield wrong(f"`{call}` is refused with “{error}”, but each window fits.", tightest(side, layers))
            return
        wanted = sides_of(side, layers)
        if given is None or given is ...:
            yield wrong("`output_sides` returns nothing.", "end it with `return` and the list of sides.")
            return
        numbers = numbers_in(given)
        if numbers is None or len(numbers) != len(wanted):
            yield wrong(
                f"`{call}` gives {given!r}.", f"a list with a side for each layer: {len(wanted)} numbers."
            )
            return
        if numbers != wanted:
            yield wrong(f"`{call}` gives {list(given)}, not {wanted}.", look_for_sides(side, layers, numbers))
            return


def look_for_sides(side: int, layers: list[Layer], found: list[float]) -> str:
    """Say which mistake gives these sides."""
    slips: dict[str, Callable[[float, Layer], float]] = {
        "rounded up; a last window that does not fit is left out: `//`.": lambda m, x: (
            ceil((m + 2 * x[2] - x[3] * (x[0] - 1) - 1) / x[1]) + 1
        ),
        "not rounded: half a place is none, `//`.": lambda m, x: (
            (m + 2 * x[2] - x[3] * (x[0] - 1) - 1) / x[1] + 1
        ),
        "the padding comes on both sides: 2 times.": lambda m, x: (
            (m + x[2] - x[3] * (x[0] - 1) - 1) // x[1] + 1
        ),
        "the dilation is left out: a window spans d (k − 1) + 1 pixels.": lambda m, x: (
            (m + 2 * x[2] - x[0]) // x[1] + 1
        ),
        "a window spans d (k − 1) + 1 pixels, not d k.": lambda m, x: (
            (m + 2 * x[2] - x[3] * x[0]) // x[1] + 1
        ),
        "the first window counts, too: + 1 at the end.": lambda m, x: (
            (m + 2 * x[2] - x[3] * (x[0] - 1) - 1) // x[1]
        ),
        "the + 1 is outside of the division: the first window, then every s-th step.": lambda m, x: (
            (m + 2 * x[2] - x[3] * (x[0] - 1)) // x[1]
        ),
    }
    for look, slip in slips.items():
        current: float = side
        sides = list[float]()
        for layer in layers:
            current = slip(current, layer)
            sides.append(current)
        if sides == found:
            return look
    if found[0] == sides_of(side, layers)[0]:
        return "the first is right: each layer gets the side that the one before it left."
    return "the chapter's formula for the side, with kernel size, stride, padding and dilation in this order."


def spanned(side: int, layer: Layer) -> tuple[int, int]:
    """Give how many pixels a window spans, and how many there are with the padding."""
    kernel, _, padding, dilation = layer
    return dilation * (kernel - 1) + 1, side + 2 * padding


def tightest(side: int, layers: list[Layer]) -> str:
    """Say of the window that fits with the least room that it does."""
    befores = [side, *sides_of(side, layers)]
    before, layer = min(zip(befores, layers), key=lambda pair: spanned(*pair)[1] - spanned(*pair)[0])
    window, there = spanned(before, layer)
    return (
        f"a window of {window} pixels fits into {before} + 2 · {layer[2]} = {there}: refuse only what is "
        "larger than the side with its padding."
    )


def refusal_mistakes(output_sides: Any) -> Iterator[Finding]:
    """Say what comes of windows that do not fit."""
    for side, layers in TOO_SMALL:
        left = sides_of(side, layers[:1])[0]
        window, there = spanned(left, layers[1])
        call = f"output_sides({side}, {layers})"
        padded = f"{there} with the padding" if there > left else f"{there}"
        said = f"The first layer leaves {left} by {left}, and the window of the second spans {window}."
        try:
            with calling(call):
                found = output_sides(side, list(layers))
        except ValueError as error:
            if not {str(window), str(there)} <= set(re.findall(r"\d+", str(error))):
                yield wrong(
                    f"{said} `{call}` is refused with “{error}”.",
                    f"say both values: the window's {window} pixels, and how many there are, {padded}.",
                )
            continue
        yield wrong(
            f"{said} `{call}` gives {found!r}.",
            "raise a ValueError where d (k − 1) + 1 is larger than the side with its padding.",
        )


def count_mistakes(parameter_count: Any) -> Iterator[Finding]:
    """Say for which layer the number of parameters is another than PyTorch's."""
    for inputs, outputs, kernel, groups in COUNTS:
        arguments = f"{inputs}, {outputs}, {kernel}" + (f", groups={groups}" if groups > 1 else "")
        call = f"parameter_count({arguments})"
        with calling(call):
            given = (
                parameter_count(inputs, outputs, kernel, groups=groups)
                if groups > 1
                else parameter_count(inputs, outputs, kernel)
            )
        layer = nn.Conv2d(inputs, outputs, kernel, groups=groups, device="meta")
        wanted = sum(each.numel() for each in layer.parameters())
        if given is None or given is ...:
            yield wrong("`parameter_count` returns nothing.", "end it with `return` and the number.")
            return
        if numbers_in([given]) != [wanted]:
            yield wrong(f"`{call}` gives {given!r}, not {wanted:,}.", look_for_count(wanted, outputs, given))
            return


def look_for_count(wanted: int, outputs: int, given: Any) -> str:
    """Say which mistake gives this number."""
    if given == wanted - outputs:
        return "each output channel has a bias, too."
    if given == wanted - outputs + 1:
        return "not one bias in all: one for each output channel."
    return "each of the c' outputs has k by k weights for each of its c / g inputs, and a bias."

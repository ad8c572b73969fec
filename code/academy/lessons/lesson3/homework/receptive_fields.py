"""Task 2: which pixels a unit sees, by formula, compared with what slopes of real layers say."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson3.homework.sizes import Layer

NETS = 30
SIDE = 161
"""Of the pictures on which slopes are asked for: so wide that units in the middle see no border."""
SEEN_SIDE = 65
"""Of the pictures that ``wide`` gets."""
FIELD = 15
"""The side that units of ``wide`` are to see."""
PLAIN: list[list[Layer]] = [
    [(3, 1, 0, 1)],
    [(3, 1, 0, 1), (3, 1, 0, 1)],
    [(3, 2, 0, 1), (3, 1, 0, 1)],
    [(3, 1, 1, 1)],
    [(3, 2, 0, 1), (3, 1, 1, 1)],
]
"""One thing more each time: depth, stride, padding, and padding behind a stride."""


def sees(receptive_field: Any, wide: Any) -> Iterator[Finding]:
    """Ask for fields of layers that nobody has seen, then look through the network that is handed in."""
    for layers in nets():
        found = list(field_mistakes(receptive_field, layers))
        if found:
            yield from found
            return
    yield right(f"side, jump and first pixel, as the slopes of {NETS} rows of layers say")
    found = list(wide_mistakes(wide))
    if found:
        yield from found[:1]
        return
    yield right(f"a last unit of `wide` sees {FIELD} by {FIELD} pixels, and each of them")


def nets() -> list[list[Layer]]:
    """Draw rows of layers: plain ones first, then with all options."""
    chance, found = random.Random(32), list(PLAIN)
    while len(found) < NETS:
        found.append(
            [
                (chance.randint(1, 5), chance.randint(1, 2), chance.randint(0, 2), chance.randint(1, 3))
                for _ in range(chance.randint(2, 4))
            ]
        )
    return found


def seen_along_a_row(layers: list[Layer], unit: int) -> tuple[int, int]:
    """Say which pixels of a row have a slope along a unit: the first and the last one.

    The layers are real ones whose weights are all 1, so no slope vanishes by chance.
    """
    pixels = torch.zeros(1, 1, SIDE, dtype=torch.float64, requires_grad=True)
    maps: torch.Tensor = pixels
    for kernel, stride, padding, dilation in layers:
        layer = nn.Conv1d(1, 1, kernel, stride, padding, dilation, dtype=torch.float64)
        nn.init.ones_(layer.weight)
        maps = layer(maps)
    (slopes,) = torch.autograd.grad(maps[0, 0, unit], pixels)
    seen = slopes[0, 0].nonzero()
    return int(seen.min()), int(seen.max())


def asked(layers: list[Layer]) -> tuple[int, int, int]:
    """Find side, jump and first pixel by slopes alone."""
    jump = 1
    for _, stride, _, _ in layers:
        jump *= stride
    unit = SIDE // 2 // jump  # in the middle
    (first, last), (next_first, _) = seen_along_a_row(layers, unit), seen_along_a_row(layers, unit + 1)
    return last - first + 1, next_first - first, first - unit * (next_first - first)


def field_mistakes(receptive_field: Any, layers: list[Layer]) -> Iterator[Finding]:
    """Say what is wrong with the field of some layers."""
    call = f"receptive_field({layers})"
    with calling(call):
        given = receptive_field(list(layers))
    if given is None or given is ...:
        yield wrong("`receptive_field` returns nothing.", "end it with `return side, jump, start`.")
        return
    numbers, wanted = numbers_in(given), asked(layers)
    if numbers is None or len(numbers) != 3:
        yield wrong(f"`{call}` gives {given!r}.", "three numbers: `return side, jump, start`.")
    elif tuple(numbers) != wanted:
        yield wrong(
            f"`{call}` gives {tuple(given)}; slopes of such layers say {wanted}.",
            look_for_field(layers, numbers, wanted),
        )


def look_for_field(layers: list[Layer], found: list[float], wanted: tuple[int, int, int]) -> str:
    """Say which of the numbers is wrong, and which mistake gives it."""
    side, jump, start = found
    if jump != wanted[1]:
        return "the jump is the product of all strides."
    if side != wanted[0]:
        slips = {
            "the stride of a layer counts only for the layers behind it: first the side, then the jump.": (
                by_formula(layers, late=True)
            ),
            "the dilation is left out: d (k − 1) in place of k − 1.": by_formula(layers, dilated=False),
            "each further pixel of a window lies `jump` pixels away, not one.": 1
            + sum(dilation * (kernel - 1) for kernel, _, _, dilation in layers),
        }
        for look, slip in slips.items():
            if side == slip:
                return look
        return "r ← r + d (k − 1) j, then j ← s j, beginning with r = j = 1."
    if start == -wanted[2] and start:
        return "the start lies left of the picture where there is padding: it is negative."
    if start == -sum(padding for _, _, padding, _ in layers):
        return "padding by p units of a map is p `jump` pixels, with the jump in front of that layer."
    return "the first window begins p units to the left, which lie `jump` pixels apart: start ← start − p j."


def by_formula(layers: list[Layer], late: bool = False, dilated: bool = True) -> int:
    """Compute a side with a slip: a stride taken too early, or a dilation left out."""
    side = jump = 1
    for kernel, stride, _, dilation in layers:
        jump *= stride if late else 1
        side += (kernel - 1) * jump * (dilation if dilated else 1)
        jump *= 1 if late else stride
    return side


def wide_mistakes(wide: Any) -> Iterator[Finding]:
    """Say why a network is not made as asked, or what its last units do not see."""
    if not isinstance(wide, nn.Module):
        yield wrong(f"`wide` is a {type(wide).__name__}, no network.", "`nn.Sequential(nn.Conv2d(…), …)`.")
        return
    layers = [layer for layer in wide.modules() if not list(layer.children())]
    convolutions = [layer for layer in layers if isinstance(layer, nn.Conv2d)]
    pooling = [layer for layer in layers if "Pool" in type(layer).__name__]
    sizes = [(layer.kernel_size, layer.stride) for layer in convolutions]
    if sizes != [((3, 3), (1, 1))] * 3 or pooling:
        made = ", ".join(f"{size[0]}×{size[1]} with stride {stride[0]}" for size, stride in sizes) or "none"
        yield wrong(
            f"`wide` has the convolutions {made}{' and a pooling' if pooling else ''}.",
            "three of 3×3, with stride 1 and without pooling.",
        )
        return
    with calling("wide(pixels)"):
        really = pixels_really_seen(wide, convolutions[0].in_channels)
    seen = pixels_seen(convolutions)
    rows = int(seen.any(dim=1).nonzero().max() - seen.any(dim=1).nonzero().min()) + 1
    if rows != FIELD:
        yield wrong(
            f"A last unit of `wide` sees {rows} rows, not {FIELD}.",
            "three plain ones see 7; what else widens a window of 3×3, without further weights?",
        )
    elif int(seen.sum()) != FIELD**2:
        yield wrong(
            f"Of {FIELD} by {FIELD} = {FIELD**2} pixels a last unit of `wide` sees only {int(seen.sum())}.",
            "there are holes: let the dilations differ, so that one layer looks where another does not.",
        )
    elif max(int(really.any(dim=side).sum()) for side in (0, 1)) > FIELD:
        yield wrong(
            f"A last unit of `wide` depends on {int(really.sum())} pixels, more than {FIELD} by {FIELD}.",
            "what stands between the convolutions looks at other places: a mean over the whole picture, as "
            "in `nn.GroupNorm`? ReLU and batch normalization in evaluation mode do not.",
        )


def pixels_really_seen(wide: nn.Module, channels: int) -> torch.Tensor:
    """Say on which pixels a middle unit depends, with the weights as they are, shape (side, side), bool."""
    pixels = torch.rand(1, channels, SEEN_SIDE, SEEN_SIDE, requires_grad=True)
    maps = copy.deepcopy(wide).eval()(pixels)
    middle = maps.shape[-1] // 2
    (slopes,) = torch.autograd.grad(maps[0, :, middle, middle].sum(), pixels)
    return (slopes[0] != 0).any(dim=0)


def pixels_seen(convolutions: list[nn.Conv2d]) -> torch.Tensor:
    """Say which pixels a middle unit sees when all weights are 1, shape (side, side), bool."""
    pixels = torch.zeros(1, 1, SEEN_SIDE, SEEN_SIDE, dtype=torch.float64, requires_grad=True)
    maps: torch.Tensor = pixels
    for layer in convolutions:
        kernel = torch.ones(1, 1, *layer.kernel_size, dtype=torch.float64)
        padding = layer.padding if isinstance(layer.padding, str) else tuple(layer.padding)
        maps = nn.functional.conv2d(maps, kernel, padding=padding, dilation=layer.dilation)
    middle = maps.shape[-1] // 2
    (slopes,) = torch.autograd.grad(maps[0, 0, middle, middle], pixels)
    return slopes[0, 0] != 0

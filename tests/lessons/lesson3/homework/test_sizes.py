"""Task 1: sizes and counts with a fault each, and right ones unlike ours."""

import math

import numpy as np
import pytest
import torch
from academy.lessons.lesson3.homework.sizes import TOO_SMALL
from torch import nn


def sizing(place, refuse=lambda window, there, side: window > there, say=True):
    """Sides by a formula for one layer, refused where it should be."""

    def output_sides(side, layers):
        sides = []
        for layer in layers:
            window, there = layer[3] * (layer[0] - 1) + 1, side + 2 * layer[2]
            if refuse and refuse(window, there, side):
                raise ValueError(f"{window} do not fit into {there if say else side}")
            side = place(side, *layer)
            sides.append(side)
        return sides

    return output_sides


def side_of(m, k, s, p, d):
    return (m + 2 * p - d * (k - 1) - 1) // s + 1


def count(inputs, outputs, kernel, groups=1):
    return outputs * (inputs // groups * kernel**2 + 1)


def sides_first_only(side, layers):
    return [side_of(side, *layer) for layer in layers]


def raising(error):
    def output_sides(side, layers):
        if layers == TOO_SMALL[0][1]:
            raise error
        return sizing(side_of)(side, layers)

    return output_sides


SIDES = [
    (lambda side, layers: None, "returns nothing"),
    (lambda side, layers: side_of(side, *layers[0]), "a list with a side for each layer"),
    (lambda side, layers: sizing(side_of)(side, layers)[-1:], "a list with a side for each layer"),
    (sides_first_only, "the side that the one before it left"),
    (sizing(lambda m, k, s, p, d: math.ceil((m + 2 * p - d * (k - 1) - 1) / s) + 1), "rounded up"),
    (sizing(lambda m, k, s, p, d: (m + 2 * p - d * (k - 1) - 1) / s + 1), "not rounded"),
    (sizing(lambda m, k, s, p, d: (m + p - d * (k - 1) - 1) // s + 1, refuse=False), "on both sides"),
    (sizing(lambda m, k, s, p, d: (m + 2 * p - k) // s + 1), "the dilation is left out"),
    (sizing(lambda m, k, s, p, d: (m + 2 * p - d * (k - 1) - 1) // s), "counts, too"),
    (sizing(side_of, refuse=False), "raise a ValueError"),
    (sizing(side_of, refuse=lambda window, there, side: window >= there), "fits into 3 + 2 · 1 = 5"),
    (sizing(side_of, refuse=lambda window, there, side: window > side), "but each window fits"),
    (sizing(side_of, say=False), "how many there are, 7 with the padding"),
    (raising(ValueError("too small")), "say both values"),
    (raising(ValueError("too small: 14 and 45")), "how many there are, 4."),
    (raising(RuntimeError("too small")), "RuntimeError: too small"),
    (lambda side, layers: 1 / 0, "ZeroDivisionError"),
]


@pytest.mark.parametrize(("wrong", "helps"), SIDES, ids=[f"{n} {w[1]}" for n, w in enumerate(SIDES)])
def test_wrong_sides_are_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(1, output_sides=wrong, parameter_count=count)
    assert not found.solved
    assert helps in str(found)


COUNTS = [
    (lambda inputs, outputs, kernel, groups=1: None, "returns nothing"),
    (
        lambda inputs, outputs, kernel, groups=1: count(inputs, outputs, kernel, groups) - outputs,
        "a bias, too",
    ),
    (
        lambda inputs, outputs, kernel, groups=1: count(inputs, outputs, kernel, groups) - outputs + 1,
        "not one bias in all",
    ),
    (lambda inputs, outputs, kernel, groups=1: count(inputs, outputs, kernel), "c / g inputs"),
    (lambda inputs, outputs, kernel: count(inputs, outputs, kernel), "TypeError"),
    (lambda inputs, outputs, kernel, groups=1: outputs * inputs * kernel + outputs, "k by k weights"),
]


@pytest.mark.parametrize(("wrong", "helps"), COUNTS, ids=[f"{n} {w[1]}" for n, w in enumerate(COUNTS)])
def test_wrong_counts_are_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(1, output_sides=sizing(side_of), parameter_count=wrong)
    assert not found.solved
    assert helps in str(found)


def by_places(side, layers):
    """Counts the left ends of windows, one by one."""
    sides = []
    for kernel, stride, padding, dilation in layers:
        last = side + padding - dilation * (kernel - 1) - 1
        if last < -padding:
            raise ValueError(
                f"{dilation * (kernel - 1) + 1} pixels wide, but only {side + 2 * padding} are there"
            )
        side = len(range(-padding, last + 1, stride))
        sides.append(side)
    return tuple(sides)


def by_layers(side, layers):
    """Asks PyTorch, whose own error names both sizes as well."""
    maps, sides = torch.zeros(1, 1, side, side), []
    for kernel, stride, padding, dilation in layers:
        try:
            maps = nn.Conv2d(1, 1, kernel, stride, padding, dilation)(maps)
        except RuntimeError as error:
            raise ValueError(str(error)) from error
        sides.append(maps.shape[-1])
    return np.array(sides)


def counted(inputs, outputs, kernel, groups=1):
    return sum(each.numel() for each in nn.Conv2d(inputs, outputs, kernel, groups=groups).parameters())


RIGHT = {
    "by the formula": (sizing(side_of), count),
    "by counting": (by_places, lambda c, o, k, groups=1: float(o + o * c * k * k / groups)),
    "by PyTorch": (by_layers, counted),
}


@pytest.mark.parametrize(("output_sides", "parameter_count"), RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, output_sides, parameter_count):
    found = checked(1, output_sides=output_sides, parameter_count=parameter_count)
    assert found.solved, str(found)

"""Task 2: fields with a fault each, networks with holes, and right ones unlike ours."""

import numpy as np
import pytest
from academy.lessons.lesson3.homework import receptive_fields
from torch import nn


def field(layers, late=False, dilated=True, jumping=True, padded="jump"):
    """Our formula, or one with a slip."""
    side, jump, start = 1, 1, 0
    for kernel, stride, padding, dilation in layers:
        if late:
            jump *= stride
        side += (kernel - 1) * (dilation if dilated else 1) * (jump if jumping else 1)
        start -= padding * {"jump": jump, "one": 1, "other": -jump, "no": 0}[padded]
        if not late:
            jump *= stride
    return side, jump, start


def slip(**options):
    return lambda layers: field(layers, **options)


def three(*dilations, kernel=3, stride=1, between=nn.ReLU):
    layers, channels = [], 1
    for dilation in dilations:
        layers += [nn.Conv2d(channels, 2, kernel, stride, dilation=dilation), between()]
        channels = 2
    return nn.Sequential(*layers)


WIDE = three(1, 2, 4)
WRONG = [
    (lambda layers: None, WIDE, "returns nothing"),
    (lambda layers: field(layers)[0], WIDE, "three numbers"),
    (lambda layers: field(layers)[:2], WIDE, "three numbers"),
    (slip(late=True), WIDE, "first the side, then the jump"),
    (slip(dilated=False), WIDE, "the dilation is left out"),
    (slip(jumping=False), WIDE, "`jump` pixels away"),
    (lambda layers: (field(layers)[0], 1, field(layers)[2]), WIDE, "the product of all strides"),
    (slip(padded="no"), WIDE, "the first window begins p units to the left"),
    (slip(padded="other"), WIDE, "it is negative"),
    (slip(padded="one"), WIDE, "p `jump` pixels"),
    (lambda layers: layers[9], WIDE, "IndexError"),
    (field, ..., "`wide` is missing"),
    (field, nn.Conv2d, "no network"),
    (field, three(1, 1), "three of 3×3"),
    (field, three(1, 1, 1, kernel=5), "three of 3×3"),
    (field, three(1, 1, 1, stride=2), "three of 3×3"),
    (field, nn.Sequential(*three(1, 2, 4), nn.AvgPool2d(2)), "and a pooling"),
    (field, nn.Sequential(nn.Conv2d(1, 8, 3), *three(2, 4)), "Running `wide(pixels)` raised RuntimeError"),
    (field, three(1, 1, 1), "sees 7 rows"),
    (field, three(1, 2, 3), "sees 13 rows"),
    (field, three(2, 2, 3), "there are holes"),
    (field, three(1, 2, 4, between=lambda: nn.GroupNorm(1, 2)), "a mean over the whole picture"),
]


@pytest.mark.parametrize(("own", "wide", "helps"), WRONG, ids=[f"{n} {w[2]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, own, wide, helps):
    found = checked(2, receptive_field=own, wide=wide)
    assert not found.solved
    assert helps in str(found)


def seen(layers, unit):
    """The pixels that a unit sees, from the last layer down."""
    places = {unit}
    for kernel, stride, padding, dilation in reversed(layers):
        places = {place * stride - padding + tap * dilation for place in places for tap in range(kernel)}
    return min(places), max(places)


def by_tracing(layers):
    (first, last), (other, _) = seen(layers, 0), seen(layers, 1)
    return np.array([last - first + 1, other - first, first])


def by_products(layers):
    strides = np.cumprod([1, *(layer[1] for layer in layers)])
    return (
        1 + sum(jump * d * (k - 1) for jump, (k, _, _, d) in zip(strides, layers)),
        strides[-1],
        -sum(jump * p for jump, (_, _, p, _) in zip(strides, layers)),
    )


class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 6, 3, dilation=5, padding=5, bias=False)
        self.norm = nn.BatchNorm2d(6)
        self.rest = nn.Sequential(nn.Conv2d(6, 6, 3, padding="same", groups=6), nn.Tanh(), nn.Conv2d(6, 1, 3))

    def forward(self, pixels):
        return self.rest(self.norm(self.first(pixels)))


RIGHT = {
    "the formula, 1 2 4": (field, WIDE),
    "from the last layer down, 4 2 1": (by_tracing, three(4, 2, 1)),
    "products, a module of its own": (by_products, Own()),
    "a list, 1 3 3": (lambda layers: list(field(layers)), three(1, 3, 3, between=nn.Identity)),
}


@pytest.mark.parametrize(("own", "wide"), RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, own, wide):
    found = checked(2, receptive_field=own, wide=wide)
    assert found.solved, str(found)


def test_slopes_see_what_tracing_sees():
    for layers in receptive_fields.nets():
        assert tuple(by_tracing(layers)) == receptive_fields.asked(layers)

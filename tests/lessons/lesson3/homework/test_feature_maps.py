"""Task 7: maps read wrongly, windows with a fault each, dull pictures, and right answers unlike ours."""

import numpy as np
import pytest
import torch
from academy.lessons.lesson3.homework import feature_maps
from academy.lessons.lesson3.homework.feature_maps import EXCITED, edge
from academy.lessons.lesson3.homework.moved_clothes import MovedClothes, unseen_clothes
from academy.lessons.lesson3.homework.reader import trained_reader
from torch import nn
from torch.nn import functional as F

LOOKS_FOR = {0: "even", 1: 225, 2: "even", 3: 180, 4: 90, 5: 45, 6: 90, 7: 270}
"""Of the maps, as a look at their filters says, too."""


def climbing(net, steps, start=0.5, rate=0.05, measure=lambda maps: maps[0, EXCITED].mean()):
    """Changes a picture along the slopes of what is measured."""
    torch.manual_seed(0)
    picture = torch.full((1, 28, 28), start) if isinstance(start, float) else start
    picture.requires_grad_()
    for _ in range(steps):
        (slopes,) = torch.autograd.grad(measure(net(picture[None])), picture)
        with torch.no_grad():
            picture += rate * slopes.sign()
            picture.clamp_(0, 1)
    return picture.detach()


def numbers(layers):
    """Kernel, stride and padding of convolutions and pooling."""
    return [
        (
            nn.modules.utils._pair(layer.kernel_size)[0],
            *(nn.modules.utils._pair(each)[0] for each in (layer.stride, layer.padding)),
        )
        for layer in layers
        if isinstance(layer, nn.Conv2d | nn.MaxPool2d)
    ]


def window(layers, picture, channel, cut=True, last=1, turned=False, pooled=True):
    """Our window, or one with a slip."""
    with torch.no_grad():
        found = layers(picture[None])[0, channel]
    place = divmod(found.argmax().item(), found.shape[1])
    side, jump, start = 1, 1, 0
    for kernel, stride, padding in numbers(
        layers if pooled else [layer for layer in layers if isinstance(layer, nn.Conv2d)]
    ):
        side, start, jump = side + (kernel - 1) * jump, start - padding * jump, jump * stride
    ends = [(start + jump * unit, start + jump * unit + side - last) for unit in place]
    if cut:
        ends = [(max(first, 0), min(end, 28 - last)) for first, end in ends]
    (top, bottom), (left, right) = reversed(ends) if turned else ends
    return top, left, bottom, right


@pytest.fixture(scope="module")
def exciting():
    return climbing(trained_reader()[:6], 40)


@pytest.fixture
def result(checked, exciting, monkeypatch):
    """Checks answers beside right ones, with fewer unseen clothes."""
    unseen = MovedClothes(*(part[:200] for part in unseen_clothes()))
    monkeypatch.setattr(feature_maps, "unseen_clothes", lambda: unseen)

    def found(**answers):
        return checked(7, **{"looks_for": LOOKS_FOR, "strongest": window, "exciting": exciting} | answers)

    return found


def slip(**options):
    return lambda layers, picture, channel: window(layers, picture, channel, **options)


WRONG = [
    ({"looks_for": list(LOOKS_FOR.values())}, "is a list"),
    ({"looks_for": {0: "even"}}, "has nothing for map 1"),
    ({"looks_for": LOOKS_FOR | {3: "left"}}, "one of (0, 45"),
    ({"looks_for": LOOKS_FOR | {3: 181}}, "one of (0, 45"),
    ({"looks_for": LOOKS_FOR | {3: 0}}, "the other way round"),
    ({"looks_for": LOOKS_FOR | {1: 45}}, "the other way round"),
    ({"looks_for": LOOKS_FOR | {1: 135}}, "rows are counted downward"),
    *(
        ({"looks_for": LOOKS_FOR | {index: -LOOKS_FOR[index] % 360}}, "rows are counted downward")
        for index in (4, 5, 6, 7)
    ),
    ({"looks_for": LOOKS_FOR | {3: 90}}, "for each of the eight directions"),
    ({"looks_for": LOOKS_FOR | {6: "even"}}, "its best edge is what it looks for"),
    ({"looks_for": LOOKS_FOR | {0: 90}}, "it needs no edge"),
    ({"looks_for": LOOKS_FOR | {0: 90}}, "as bright as the bright side"),
    ({"strongest": lambda layers, picture, channel: None}, "`strongest` returns nothing"),
    ({"strongest": lambda layers, picture, channel: (3, 4)}, "four numbers"),
    ({"strongest": slip(cut=False)}, "cut at the borders"),
    ({"strongest": slip(last=0)}, "the **last** row and column"),
    ({"strongest": slip(turned=True)}, "rows first, then columns"),
    ({"strongest": slip(pooled=False)}, "pooling is among the layers, too"),
    ({"strongest": lambda layers, picture: (0, 0, 1, 1)}, "TypeError"),
    ({"exciting": "stripes"}, "no tensor"),
    ({"exciting": torch.rand(28, 28)}, "of shape (28, 28)"),
    ({"exciting": torch.rand(1, 28, 28) * 255}, "no picture has others than from 0 to 1"),
    ({"exciting": torch.full((1, 28, 28), torch.nan)}, "go from nan"),
    ({"exciting": torch.zeros(1, 28, 28)}, "Begin with gray or random pixels"),
    ({"exciting": torch.rand(1, 28, 28)}, "longer"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, wrong, helps):
    found = result(**wrong)
    assert not found.solved
    assert helps in str(found)


def test_a_garment_does_not_excite_enough(result):
    assert "longer" in str(result(exciting=unseen_clothes().images[0] / 255))


def by_changing(layers, picture, channel):
    """Finds the pixels that can change the strongest unit, column by column and row by row."""
    with torch.no_grad():
        found = layers(picture[None])[0, channel]
        row, column = divmod(int(found.argmax()), found.shape[1])
        seen = []
        for axis in (1, 2):
            touched = []
            for place in range(28):
                reached = False
                for noise in (0.0, 50.0, -50.0, 5.0):
                    twin = picture.clone()
                    twin.select(axis, place).fill_(noise)
                    reached |= bool(layers(twin[None])[0, channel, row, column] != found[row, column])
                if reached:
                    touched.append(place)
            seen.append((touched[0], touched[-1]))
    (top, bottom), (left, right) = seen
    return np.array([top, left, bottom, right])


def by_slopes_of_a_sum():
    chance = torch.Generator().manual_seed(1)
    begun = torch.rand(1, 28, 28, generator=chance)
    return climbing(trained_reader()[:6], 40, begun, measure=lambda maps: maps[:, EXCITED].sum())


def as_floats(layers, picture, channel):
    return [float(each) for each in window(layers, picture, channel)]


RIGHT = {
    "other directions that are as good": {"looks_for": {**LOOKS_FOR, 4: 45, 5: 90, 7: 225}},
    "angles as tensors": {
        "looks_for": {
            index: torch.tensor(said) if said != "even" else said for index, said in LOOKS_FOR.items()
        }
    },
    "floats": {"strongest": as_floats},
    "by changing pixels": {"strongest": by_changing},
    "the sum of a map, from noise": {"exciting": None},
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers):
    if "exciting" in answers:
        answers = {"exciting": by_slopes_of_a_sum().double().requires_grad_()}
    found = result(**answers)
    assert found.solved, str(found)


def test_an_edge_is_brighter_where_it_says():
    for degrees, bright, dark in ((0, (14, 27), (14, 0)), (90, (27, 14), (0, 14)), (225, (2, 2), (25, 25))):
        picture = edge(degrees, bright=0.8)
        assert picture.shape == (1, 28, 28)
        assert picture[0][bright].item() == pytest.approx(0.8)
        assert picture[0][dark] == 0
    assert edge(0, shift=3)[0, 0].tolist() == F.pad(edge(0)[0, 0], (3, 0))[:28].tolist()


def test_the_reader_is_as_good_as_its_script_says():
    unseen = unseen_clothes()
    with torch.no_grad():
        answers = trained_reader()(unseen.images[:1000] / 255).argmax(dim=1)
    assert (answers == unseen.labels[:1000]).double().mean() > 0.72

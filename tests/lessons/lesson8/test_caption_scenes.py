"""Drawn scenes: what the pixels show is what the captions say."""

import pytest
import torch
from academy.lessons.lesson8.caption_scenes import (
    COLORS,
    HELD_OUT,
    RELATIONS,
    SHAPES,
    SIDE,
    scene_split,
    scenes,
    touched,
)


@pytest.fixture(scope="module")
def some():
    return scenes(200, torch.Generator().manual_seed(0))


def middle(place):
    down, across = torch.where(place)
    return across.double().mean(), down.double().mean()


def pairs_of(some):
    names = [
        [(list(COLORS)[color], SHAPES[shape]) for color, shape in zip(*both)]
        for both in zip(some.colors.tolist(), some.shapes.tolist())
    ]
    return names


def test_the_first_object_lies_where_the_caption_says(some):
    assert set(some.relations.tolist()) == set(range(len(RELATIONS)))
    for places, caption in zip(some.places, some.captions()):
        (x, y), (other_x, other_y) = map(middle, places)
        right, down = other_x - x, other_y - y
        farther, aside = (right, down) if "left of" in caption else (down, right)
        assert farther > abs(aside)


def test_an_object_has_the_color_that_is_named(some):
    palette = torch.tensor(list(COLORS.values()))
    for picture, places, caption in zip(some.pictures, some.places, some.captions()):
        named = [word for word in caption.split() if word in COLORS]
        for place, name in zip(places, named):
            tone = picture[:, place].mean(dim=1)
            nearest = (palette - tone).square().sum(dim=1).argmin()
            assert list(COLORS)[nearest] == name


def test_objects_have_the_areas_of_their_shapes():
    """Of the box around it a disk fills π/4, a triangle a half, a cross of bars 0.3 of its side 0.51."""
    filled = {shape: [] for shape in SHAPES}
    drawn = scenes(400, torch.Generator().manual_seed(1))
    for places, shapes in zip(drawn.places, drawn.shapes.tolist()):
        for place, shape in zip(places, shapes):
            down, across = torch.where(place)
            box = (down.max() - down.min() + 1) * (across.max() - across.min() + 1)
            filled[SHAPES[shape]].append((place.sum() / box).item())
    expected = {"square": 1, "circle": torch.pi / 4, "triangle": 0.5, "cross": 0.51}
    for shape, shares in filled.items():
        assert sum(shares) / len(shares) == pytest.approx(expected[shape], abs=0.06)


def test_objects_lie_whole_in_the_picture_and_apart(some):
    assert not (some.places[:, 0] & some.places[:, 1]).any()
    edge = torch.ones(SIDE, SIDE, dtype=torch.bool)
    edge[1:-1, 1:-1] = False
    assert not (some.places & edge).any()


@pytest.mark.slow
def test_no_training_picture_has_a_colored_shape_that_is_held_out():
    split = scene_split()
    for part in (split.train, split.validation, split.test):
        assert not any(set(pair) & HELD_OUT for pair in pairs_of(part))
    assert all(len(set(pair) & HELD_OUT) == 1 for pair in pairs_of(split.new))
    assert {color for color, _ in HELD_OUT} == set(COLORS)
    assert {shape for _, shape in HELD_OUT} == set(SHAPES)


def test_the_same_seed_draws_the_same_scenes(some):
    again = scenes(200, torch.Generator().manual_seed(0))
    assert torch.equal(again.pictures, some.pictures)
    assert again.captions() == some.captions()


def test_cells_that_hold_a_pixel_of_an_object_are_touched(some):
    cells = touched(some.places[:5], 6)
    for picture in range(5):
        for which in range(2):
            expected = {
                (down // 8) * 6 + across // 8
                for down, across in some.places[picture, which].nonzero().tolist()
            }
            assert set(cells[picture, which].nonzero().flatten().tolist()) == expected

import pytest
import torch
from academy.data.jitter import jittered


def dot(count, side=9, row=4, column=4):
    images = torch.zeros(count, 1, side, side)
    images[:, :, row, column] = 1
    return images


def test_shifts_are_whole_pixels_and_all_of_them_occur():
    moved = jittered(dot(2000), shift=2, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(moved.sum(dim=(1, 2, 3)), torch.ones(2000), atol=1e-4, rtol=0)
    counts = moved.sum(dim=(0, 1))
    assert counts[2:7, 2:7].min() > 40, "each of the 25 places about 80 times"
    assert counts.sum() - counts[2:7, 2:7].sum() < 0.1


def test_a_turn_moves_what_lies_beside_the_middle_along_a_circle():
    turned = jittered(dot(500, side=41, row=20, column=36), shift=0, degrees=30)
    ticks = torch.arange(41.0)
    row, column = turned.sum(3)[:, 0] @ ticks, turned.sum(2)[:, 0] @ ticks
    mass = turned.sum(dim=(1, 2, 3))
    row, column = row / mass - 20, column / mass - 20
    torch.testing.assert_close(row.hypot(column), torch.full((500,), 16.0), atol=0.5, rtol=0)
    angles = row.atan2(column).rad2deg()
    assert -30.5 < angles.min() < -25
    assert 25 < angles.max() < 30.5


def test_scaling_changes_the_area():
    square = torch.zeros(500, 1, 40, 40)
    square[:, :, 10:30, 10:30] = 1
    sides = jittered(square, shift=0, scale=0.2).sum(dim=(1, 2, 3)).sqrt()
    assert 15.5 < sides.min() < 17
    assert 23 < sides.max() < 24.5


def test_nothing_to_change_changes_nothing():
    images = torch.rand(3, 2, 8, 8)
    torch.testing.assert_close(jittered(images, shift=0), images, atol=1e-5, rtol=0)


def test_oblong_images_are_refused():
    with pytest.raises(ValueError, match="8 by 9 pixels"):
        jittered(torch.zeros(1, 1, 8, 9))


def test_a_generator_decides_alone():
    first, second = (
        jittered(dot(20), degrees=10, scale=0.1, generator=torch.Generator().manual_seed(4)) for _ in range(2)
    )
    assert torch.equal(first, second)


def test_what_is_not_told_moves_by_two_pixels_at_most_and_neither_turns_nor_scales():
    moved = jittered(dot(500, side=41, row=20, column=36))
    places = (moved[:, 0] > 0.5).nonzero()
    assert len(places) == 500
    assert {*places[:, 1].tolist()} == {18, 19, 20, 21, 22}
    assert {*places[:, 2].tolist()} == {34, 35, 36, 37, 38}

import pytest
import torch
from academy.data.augmentation import (
    affine,
    brightness_contrast,
    cutout,
    random_affine,
    random_brightness_contrast,
    random_horizontal_flip,
)
from torchvision.transforms.v2 import InterpolationMode
from torchvision.transforms.v2 import functional as library


def seeded():
    return torch.Generator().manual_seed(0)


def test_half_of_the_images_are_mirrored_and_the_others_stay():
    images = torch.rand(1000, 2, 3, 5)
    changed = random_horizontal_flip(images, seeded())
    stayed = [torch.equal(own, old) for own, old in zip(changed, images)]
    swapped = [torch.equal(own, old[:, :, [4, 3, 2, 1, 0]]) for own, old in zip(changed, images)]
    assert all(one != other for one, other in zip(stayed, swapped))
    assert 450 < sum(stayed) < 550


def test_a_square_around_any_pixel_is_black_and_the_rest_as_it_was():
    images = torch.rand(5000, 2, 9, 12) + 1
    changed = cutout(images, 3, seeded())
    black = changed == 0
    assert torch.equal(changed[~black], images[~black])
    assert torch.equal(black[:, 0], black[:, 1])
    rows, columns = black[:, 0].any(2), black[:, 0].any(1)
    assert torch.equal(black[:, 0], rows[:, :, None] & columns[:, None])
    for lines, length in ((rows, 9), (columns, 12)):
        patterns = {tuple(line.nonzero().flatten().tolist()) for line in lines}
        inside = {(middle - 1, middle, middle + 1) for middle in range(1, length - 1)}
        assert patterns == inside | {(0, 1), (length - 2, length - 1)}


def test_a_square_of_an_even_side_has_that_side():
    areas = (cutout(torch.ones(2000, 1, 20, 20), 8, seeded()) == 0).sum(dim=(1, 2, 3))
    assert areas.max() == 64
    assert areas.min() == 16


def turned(images, generator):
    return random_affine(images, degrees=10, scale=0.1, generator=generator)


def test_a_generator_decides_alone():
    images = torch.rand(20, 1, 8, 8)
    for transform in (
        random_horizontal_flip,
        lambda *given: cutout(given[0], 4, given[1]),
        lambda *given: random_brightness_contrast(given[0], generator=given[1]),
        turned,
    ):
        assert torch.equal(transform(images, seeded()), transform(images, seeded()))


def dot(count, side=9, row=4, column=4):
    images = torch.zeros(count, 1, side, side)
    images[:, :, row, column] = 1
    return images


def test_shifts_are_whole_pixels_and_all_of_them_occur():
    moved = random_affine(dot(2000), translate=2, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(moved.sum(dim=(1, 2, 3)), torch.ones(2000), atol=1e-4, rtol=0)
    counts = moved.sum(dim=(0, 1))
    assert counts[2:7, 2:7].min() > 40, "each of the 25 places about 80 times"
    assert counts.sum() - counts[2:7, 2:7].sum() < 0.1


def test_a_turn_moves_what_lies_beside_the_middle_along_a_circle():
    turned = random_affine(dot(500, side=41, row=20, column=36), translate=0, degrees=30)
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
    sides = random_affine(square, translate=0, scale=0.2).sum(dim=(1, 2, 3)).sqrt()
    assert 15.5 < sides.min() < 17
    assert 23 < sides.max() < 24.5


def test_nothing_to_change_changes_nothing():
    images = torch.rand(3, 2, 8, 8)
    torch.testing.assert_close(random_affine(images, translate=0), images, atol=1e-5, rtol=0)


def test_oblong_images_are_refused():
    with pytest.raises(ValueError, match="8 by 9 pixels"):
        random_affine(torch.zeros(1, 1, 8, 9))


def test_what_is_not_told_moves_by_two_pixels_at_most_and_neither_turns_nor_scales():
    moved = random_affine(dot(500, side=41, row=20, column=36))
    places = (moved[:, 0] > 0.5).nonzero()
    assert len(places) == 500
    assert {*places[:, 1].tolist()} == {18, 19, 20, 21, 22}
    assert {*places[:, 2].tolist()} == {34, 35, 36, 37, 38}


@pytest.mark.parametrize("angle", [-70.0, 10.0, 180.0])
def test_a_turn_by_a_fixed_angle_is_that_of_torchvision(angle):
    images = torch.rand(2, 3, 9, 9)
    still = torch.zeros(2, 2), torch.ones(2)
    expected = library.rotate(images, angle, InterpolationMode.BILINEAR)
    torch.testing.assert_close(affine(images, torch.full((2,), angle), *still), expected, atol=1e-5, rtol=0)


def test_a_size_and_a_move_are_those_of_torchvision():
    images = torch.rand(1, 1, 8, 8)
    for degrees, move, factor in [(0.0, [2, -1], 1.0), (20.0, [0, 0], 1.3)]:
        expected = library.affine(images, -degrees, move, factor, [0, 0], InterpolationMode.BILINEAR)
        given = torch.tensor([degrees]), torch.tensor([move]), torch.tensor([factor])
        torch.testing.assert_close(affine(images, *given), expected, atol=1e-5, rtol=0)


def test_each_image_has_an_angle_of_its_own():
    images = torch.rand(1, 1, 5, 5).expand(4, 1, 5, 5)
    quarters = affine(images, torch.tensor([0.0, 90, 180, 270]), torch.zeros(4, 2), torch.ones(4))
    for turns, own in enumerate(quarters):
        torch.testing.assert_close(own, images[0].rot90(turns, (1, 2)), atol=1e-5, rtol=0)


def test_brightness_and_contrast_are_those_of_torchvision_for_gray_images():
    images = torch.rand(3, 1, 6, 7)
    changed = brightness_contrast(images, torch.tensor([0.5, 1.0, 1.6]), torch.tensor([1.0, 1.8, 0.3]))
    for own, image, bright, contrast in zip(changed, images, (0.5, 1.0, 1.6), (1.0, 1.8, 0.3)):
        expected = library.adjust_contrast(library.adjust_brightness(image, bright), contrast)
        torch.testing.assert_close(own, expected)


def test_random_brightness_and_contrast_change_each_image_within_its_limits():
    gray = torch.full((1000, 1, 2, 2), 0.5)
    levels = random_brightness_contrast(gray, brightness=0.2, contrast=0, generator=seeded()).mean((1, 2, 3))
    assert 0.4 <= levels.min() < 0.405
    assert 0.595 < levels.max() <= 0.6
    stripes = torch.tensor([0.4, 0.6]).expand(1000, 1, 2, 2)
    changed = random_brightness_contrast(stripes, brightness=0, contrast=0.5, generator=seeded())
    gaps = (changed[..., 1] - changed[..., 0])[:, 0, 0]
    assert 0.1 - 1e-6 <= gaps.min() < 0.105
    assert 0.295 < gaps.max() <= 0.3 + 1e-6
    torch.testing.assert_close(changed.mean(dim=(1, 2, 3)), torch.full((1000,), 0.5))

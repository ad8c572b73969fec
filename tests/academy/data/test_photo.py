"""The preparation of a photo, against images drawn by hand and numbers worked out on paper."""

import numpy as np
import pytest
import torch
from academy.data import photo
from academy.data.scenes import SCENES, Scene, photograph


def page(light=1.0, height=60, width=80):
    """A gray page with a pen stroke 4 wide and 30 high on it, half as bright as the paper."""
    image = torch.ones(height, width)
    image[10:40, 50:54] = 0.5
    return image * light


def digit():
    """A 7 of hand-set pixels, 20 high, in MNIST's frame."""
    image = torch.zeros(28, 28)
    image[4:7, 7:20] = 1
    image[7:24, 16:19] = 1
    return image


@pytest.mark.parametrize(
    ("color", "brightness"), [((1, 1, 1), 1.0), ((1, 0, 0), 0.299), ((0, 1, 0), 0.587), ((0, 0, 1), 0.114)]
)
def test_gray_weighs_the_colors(color, brightness):
    image = torch.tensor(color).float().reshape(3, 1, 1).expand(3, 2, 5)
    torch.testing.assert_close(photo.gray(image), torch.full((2, 5), brightness))


def test_large_photos_shrink_and_small_ones_stay():
    assert photo.shrink(torch.rand(1200, 1600)).shape == (120, 160)
    small = torch.rand(50, 90)
    torch.testing.assert_close(photo.shrink(small), small)


@pytest.mark.parametrize(
    "light",
    [torch.linspace(1, 0.3, 80), torch.linspace(0.2, 1, 60)[:, None], torch.tensor(0.4)],
    ids=["falling to the right", "rising downward", "dim"],
)
def test_even_light_takes_the_light_away(light):
    torch.testing.assert_close(photo.even_light(page(light)), page(), atol=0.06, rtol=0)


def test_a_hard_shadow_leaves_only_the_stroke():
    light = torch.ones(60, 80)
    light[:, :30] = 0.5
    torch.testing.assert_close(photo.even_light(page(light)), page())


def test_invert_makes_ink_bright():
    assert photo.invert(torch.tensor([[1.0, 0.25]])).tolist() == [[0, 0.75]]


def test_drop_paper_keeps_what_is_darker_than_half_and_stretches_it():
    image = torch.tensor([[0.1, 0.39, 0.41, 0.8]])
    torch.testing.assert_close(photo.drop_paper(image), torch.tensor([[0, 0, 0.5125, 1]]))


def test_an_empty_page_is_refused_with_what_to_do():
    with pytest.raises(ValueError, match=r"nothing is written here.*darker pen or more light"):
        photo.read_photo(torch.full((3, 100, 100), 0.8))


def test_specks_go_and_pieces_of_the_digit_stay():
    image = torch.zeros(12, 12)
    image[1:11, 5] = 1  # the stroke
    image[0:3, 8] = 1  # three tenths of it, apart: the other part of a broken digit
    image[11, 0] = 1  # dirt
    cleaned = photo.drop_specks(image)
    assert cleaned[11, 0] == 0
    assert cleaned.sum() == 13


def test_pixels_that_touch_at_a_corner_are_one_piece():
    image = torch.eye(6)
    torch.testing.assert_close(photo.drop_specks(image), image)


def test_crop_is_the_smallest_box():
    image = torch.zeros(9, 7)
    image[2, 3] = image[6, 5] = 0.5
    assert photo.crop(image).shape == (5, 3)
    assert photo.crop(torch.zeros(4, 5)).shape == (4, 5)


@pytest.mark.parametrize(("before", "after"), [((60, 30), (20, 10)), ((8, 16), (10, 20)), ((90, 1), (20, 1))])
def test_fit_box_makes_the_longer_side_twenty_and_keeps_the_shape(before, after):
    fitted = photo.fit_box(torch.ones(before))
    assert fitted.shape == after
    torch.testing.assert_close(fitted, torch.ones(after))


def test_a_color_image_is_scaled_channel_by_channel():
    image = torch.rand(3, 18, 24, generator=torch.Generator().manual_seed(0))
    small = photo.resized(image, 1 / 3)
    assert small.shape == (3, 6, 8)
    torch.testing.assert_close(small, torch.stack([photo.resized(channel, 1 / 3) for channel in image]))
    torch.testing.assert_close(small.mean(), image.mean(), atol=0.02, rtol=0)


def test_an_image_larger_than_the_frame_is_refused():
    with pytest.raises(ValueError, match="the image is 61 by 28; neither side may exceed 28"):
        photo.placed(torch.ones(61, 28), 30, 14)


def test_the_center_of_mass_by_hand():
    image = torch.tensor([[0, 0, 0], [1, 0, 3.0]])
    assert photo.center_of_mass(image) == pytest.approx((1.5, (0.5 + 3 * 2.5) / 4))


def test_center_puts_the_center_of_mass_into_the_middle():
    image = torch.zeros(20, 12)
    image[0:4] = 1  # all its mass at the top
    moved = photo.center(image)
    assert moved.sum() == image.sum()
    middle = photo.center_of_mass(moved)
    assert middle[1] == pytest.approx(14, abs=0.5)
    assert middle[0] == pytest.approx(10, abs=0.5), "as near as the lower edge lets it"
    light = torch.zeros(9, 9)
    light[2:4, 1:3] = 1
    assert photo.center_of_mass(photo.center(light)) == pytest.approx((14, 14), abs=0.5)


def test_nothing_to_balance_is_put_into_the_middle():
    assert photo.center(torch.zeros(6, 4)).shape == (28, 28)


@pytest.mark.parametrize("name", [name for name in SCENES if name != "tilt"])
def test_a_photographed_digit_comes_back(name):
    """Compared with the digit's own pixels by their cosine: an unrelated stroke gives less than 0.6."""
    generator = torch.Generator().manual_seed(1)
    still = Scene(**{**SCENES[name].__dict__, "tilt": 0})
    for _ in range(5):
        back = photo.read_photo(photograph(digit(), still, generator))
        original = photo.center(photo.crop(digit()))
        assert torch.cosine_similarity(back.flatten(), original.flatten(), dim=0) > 0.85


def test_a_photo_is_what_the_scene_says():
    generator = torch.Generator().manual_seed(2)
    plain = photograph(digit(), Scene(noise=0), generator)
    assert plain.shape == (3, 160, 160)
    np.testing.assert_allclose(plain[:, 0, 0], [0.96, 0.95, 0.91], atol=1e-6)
    np.testing.assert_allclose(plain.flatten(1).min(dim=1).values, [0.12, 0.12, 0.18], atol=1e-6)
    shaded = photograph(digit(), Scene(noise=0, shadow=0.5), generator)
    assert shaded[0].max() == pytest.approx(0.96, abs=0.01)
    assert (shaded[0] < 0.49).float().mean() > 0.3
    dim = photograph(torch.zeros(28, 28), Scene(noise=0, uneven=0.5), generator)
    assert dim[0].min() / dim[0].max() < 0.75
    lined = photograph(torch.zeros(28, 28), Scene(noise=0, lines=1.0), generator)
    rows = (lined[0, :, 80] < 0.9).int()
    assert (rows.diff() == 1).sum() in (8, 9)


def test_the_same_seed_gives_the_same_photo():
    one, other = (photograph(digit(), Scene(tilt=10), torch.Generator().manual_seed(3)) for _ in range(2))
    torch.testing.assert_close(one, other)


def test_a_turned_page_keeps_its_right_angles_and_its_lengths():
    """A square spreads as far in all directions, however it is turned; sheared it does not."""
    square = torch.zeros(28, 28)
    square[4:24, 4:24] = 1
    for seed in range(4):
        scene = Scene(noise=0, tilt=40)
        ink = photograph(square, scene, torch.Generator().manual_seed(seed))[0] < 0.5
        rows, columns = ink.nonzero().double().unbind(1)
        spread = torch.stack([rows, columns]).cov()
        torch.testing.assert_close(spread, spread[0, 0] * torch.eye(2).double(), rtol=0.03, atol=5)

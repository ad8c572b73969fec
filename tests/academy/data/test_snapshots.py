"""Simulated photos, against what is known of the picture that was photographed."""

import math

import pytest
import torch
from academy.data.snapshots import NOISE, fading_light, hung, snapshot, widened


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_snapshot_is_a_photo_wider_than_high_or_higher_than_wide(channels):
    pictures = 255 * torch.rand(20, channels, 28, 28, generator=seeded())
    photos = [snapshot(picture.to(torch.uint8), seeded(number)) for number, picture in enumerate(pictures)]
    assert {tuple(photo.shape) for photo in photos} == {(3, 180, 240), (3, 240, 180)}
    assert all(photo.min() >= 0 and photo.max() <= 1 for photo in photos)


def test_the_same_seed_takes_the_same_photo():
    picture = torch.full((1, 28, 28), 200, dtype=torch.uint8)
    assert torch.equal(snapshot(picture, seeded(1)), snapshot(picture, seeded(1)))
    assert not torch.equal(snapshot(picture, seeded(1)), snapshot(picture, seeded(2)))


def test_what_is_bright_in_the_picture_is_dark_on_the_wall():
    bare = snapshot(torch.zeros(1, 28, 28, dtype=torch.uint8), seeded(3))
    cloth = snapshot(torch.full((1, 28, 28), 255, dtype=torch.uint8), seeded(3))
    darkened = (cloth / bare < 0.5).all(dim=0)
    assert 0.1 < darkened.float().mean() < 0.5
    torch.testing.assert_close(cloth[:, ~darkened], bare[:, ~darkened], atol=5 * NOISE, rtol=0)


def test_a_garment_hangs_where_it_is_told_whole_and_as_large():
    cloth = hung(torch.ones(1, 28, 28), 100, 200, share=0.5, right=1.0, down=0.0)
    expected = torch.zeros(1, 100, 200)
    expected[:, :50, 150:] = 1
    torch.testing.assert_close(cloth, expected)


def test_light_fades_along_its_direction():
    light = fading_light(11, 21, lost=0.4, angle=0.0)
    torch.testing.assert_close(light[0], torch.linspace(1, 0.6, 21))
    torch.testing.assert_close(light[3], light[7])


def test_a_color_picture_is_the_middle_of_its_photo():
    picture = torch.linspace(0, 1, 32)[:, None] * torch.linspace(0.2, 1, 32) * torch.ones(3, 1, 1)
    photo = widened(picture, 64, 96)
    assert photo.shape == (3, 64, 96)
    middle = torch.nn.functional.avg_pool2d(photo[:, :, 16:80], 2)
    torch.testing.assert_close(middle, picture, atol=0.03, rtol=0)
    torch.testing.assert_close(photo[:, :, 15], photo[:, :, 17])


def test_light_fades_from_top_to_bottom_at_a_right_angle():
    light = fading_light(11, 21, lost=0.4, angle=math.pi / 2)
    torch.testing.assert_close(light[:, 0], torch.linspace(1, 0.6, 11))
    torch.testing.assert_close(light[:, 3], light[:, 17])


def test_the_light_on_the_wall_is_lost_along_the_way_by_up_to_two_fifths():
    bare = torch.zeros(1, 28, 28, dtype=torch.uint8)
    walls = [snapshot(bare, seeded(number))[0] / 0.93 for number in range(30)]
    lost = torch.tensor([1 - (wall.quantile(0.01) / wall.quantile(0.99)).item() for wall in walls])
    assert lost.max() > 0.3
    assert lost.min() < 0.1
    assert lost.max() < 0.45


def test_garments_hang_in_sizes_from_half_of_the_shorter_side_to_four_fifths():
    full = torch.full((1, 28, 28), 255, dtype=torch.uint8)
    dark = [snapshot(full, seeded(number))[0] < 0.3 for number in range(60)]
    sides = [each.sum().sqrt().item() / 180 for each in dark]
    assert min(sides) == pytest.approx(0.5, abs=0.03)
    assert max(sides) == pytest.approx(0.8, abs=0.03)

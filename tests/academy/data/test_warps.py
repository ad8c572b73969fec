import pytest
import torch
from academy.data.warps import CORNERS, displaced, perspective, random_elastic, random_perspective
from torchvision.transforms.v2 import InterpolationMode
from torchvision.transforms.v2 import functional as library


def seeded():
    return torch.Generator().manual_seed(0)


def test_a_perspective_with_fixed_corners_is_that_of_torchvision():
    images = torch.rand(2, 3, 12, 18)
    outer = torch.tensor(CORNERS)
    inner = outer + torch.tensor([[0.3, 0.1], [-0.2, 0.0], [0.1, -0.4], [0.5, 0.2]])
    starts, ends = (((corners + 1) * torch.tensor([9.0, 6.0])).tolist() for corners in (outer, inner))
    expected = library.perspective(images, starts, ends, InterpolationMode.BILINEAR)
    torch.testing.assert_close(perspective(images, inner.expand(2, 4, 2)), expected, atol=1e-4, rtol=0)


def test_corners_that_stay_leave_the_image_as_it_is():
    images = torch.rand(2, 1, 5, 8)
    torch.testing.assert_close(random_perspective(images, distortion=0), images, atol=1e-5, rtol=0)


def test_swapped_corners_mirror_the_image():
    images = torch.rand(1, 1, 6, 6)
    mirrored = perspective(images, torch.tensor([CORNERS])[:, [1, 0, 3, 2]])
    torch.testing.assert_close(mirrored, images.flip(3), atol=1e-5, rtol=0)


def test_corners_move_either_way_by_their_share_of_the_way_at_most():
    squares = torch.zeros(500, 1, 60, 60)
    squares[:, :, 15:45, 15:45] = 1
    changed = random_perspective(squares, distortion=0.2, generator=seeded())
    sides = changed.sum(dim=(1, 2, 3)).sqrt()  # of squares whose side was 30
    assert 24 <= sides.min() < 27
    assert 33 < sides.max() <= 36
    assert sides.mean() == pytest.approx(30, abs=0.5)


def test_displaced_pixels_are_those_of_torchvision():
    images, moves = torch.rand(1, 2, 7, 9), torch.randn(1, 2, 7, 9, generator=seeded())
    shares = moves.movedim(1, 3) * torch.tensor([2 / 9, 2 / 7])
    expected = library.elastic(images, shares, InterpolationMode.BILINEAR)
    torch.testing.assert_close(displaced(images, moves), expected, atol=1e-5, rtol=0)


def test_a_move_by_whole_pixels_reads_from_the_right_and_below():
    images = torch.arange(1.0, 10).reshape(1, 1, 3, 3)
    moves = torch.stack([torch.ones(3, 3), torch.zeros(3, 3)])[None]
    torch.testing.assert_close(
        displaced(images, moves), torch.tensor([[[[2.0, 3, 0], [5, 6, 0], [8, 9, 0]]]])
    )


def test_elastic_bends_smoothly_and_about_as_far_as_it_is_told():
    ramp = torch.arange(64.0).expand(200, 1, 64, 64)
    moves = (random_elastic(ramp, pixels=3, generator=seeded()) - ramp)[..., 8:-8, 8:-8]
    assert 2.5 < moves.abs().max() < 4
    assert moves.abs().mean() > 0.5
    assert moves.diff(dim=2).abs().max() < 0.4, "a pixel and the one below it move nearly alike"


def test_a_generator_decides_alone_and_each_image_is_bent_in_its_own_way():
    images = torch.rand(1, 1, 8, 8).expand(3, 1, 8, 8)
    for transform in (random_perspective, random_elastic):
        first, second, third = transform(images, generator=seeded())
        assert torch.equal(transform(images, generator=seeded())[0], first)
        assert (first - second).abs().max() > 0.01
        assert (second - third).abs().max() > 0.01

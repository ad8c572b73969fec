"""The kept vectors of pictures, against the backbone that made them."""

import pytest
import torch
from academy.data.emoji import all_emoji, emoji_pictures
from academy.lessons.lesson8.pair_vectors import (
    SIDE,
    WIDTH,
    basis,
    fitted_basis,
    picture_vectors,
    projected,
    restored,
    rounded,
)
from academy.nets.pretrained import image_backbone
from sklearn.decomposition import PCA


def test_the_basis_is_that_of_principal_components():
    features = torch.randn(400, 300, generator=torch.Generator().manual_seed(0)).double()
    found, expected = fitted_basis(features), PCA(WIDTH).fit(features.numpy())
    kept = torch.from_numpy(expected.inverse_transform(expected.transform(features.numpy())))
    torch.testing.assert_close(restored(projected(features, found), found), kept)
    assert projected(features, found).square().mean().item() == pytest.approx(1)


def test_rounding_moves_a_number_by_half_a_step_at_most():
    vectors = torch.randn(50, 4, generator=torch.Generator().manual_seed(0))
    steps, step = rounded(vectors)
    assert steps.dtype == torch.int8
    assert ((steps * step - vectors).abs() <= step / 2 + 1e-6).all()


@pytest.mark.slow
@pytest.mark.parametrize("style", ["noto", "openmoji"])
def test_the_backbone_gives_the_kept_vectors_again(style):
    emoji = all_emoji()[::400]
    with torch.no_grad():
        again = projected(image_backbone()(emoji_pictures(emoji, [style], SIDE).images), basis())
    assert (again - picture_vectors(emoji, style)).abs().mean() < 0.05

"""Principal components of codes, and walks between codes."""

import pytest
import torch
from academy.lessons.lesson5.latents import LatentPCA, draw_like, largest_step, latent_pca, walks
from sklearn.decomposition import PCA

MIX = torch.tensor([[3.0, 0, 0, 0], [1, 2, 0, 0], [0, 0, 1, 0], [0.5, 0, 0, 0.1]])


@pytest.fixture
def codes():
    return torch.randn(300, 4, generator=torch.Generator().manual_seed(0)) @ MIX + torch.tensor(
        [1.0, 2, 3, 4]
    )


def test_they_are_those_of_scikit_learn(codes):
    ours, theirs = latent_pca(codes), PCA().fit(codes.numpy())
    torch.testing.assert_close(
        ours.variances, torch.from_numpy(theirs.explained_variance_), rtol=1e-3, atol=0
    )
    torch.testing.assert_close(
        ours.shares, torch.from_numpy(theirs.explained_variance_ratio_), rtol=1e-3, atol=1e-6
    )
    cosines = (ours.components * torch.from_numpy(theirs.components_)).sum(dim=1).abs()
    torch.testing.assert_close(cosines, torch.ones(4), rtol=1e-4, atol=0)


def test_codes_become_sliders_and_codes_again(codes):
    pca = latent_pca(codes)
    sliders = pca.sliders(codes)
    torch.testing.assert_close(sliders.std(dim=0), torch.ones(4), rtol=1e-3, atol=0)
    torch.testing.assert_close(pca.code(sliders), codes, rtol=1e-4, atol=1e-4)


def test_sliders_at_the_middle_give_the_mean_and_one_moves_by_its_std(codes):
    pca = latent_pca(codes)
    torch.testing.assert_close(pca.code(torch.zeros(2)), pca.mean)
    moved = pca.code(torch.tensor([0.0, 2.0])) - pca.mean
    torch.testing.assert_close(moved, 2 * pca.variances[1].sqrt() * pca.components[1])


def test_a_component_points_the_same_way_each_time(codes):
    for component in latent_pca(codes).components:
        assert component[component.abs().argmax()] > 0


def test_what_is_saved_is_read_again(codes, tmp_path):
    pca = latent_pca(codes)
    pca.save(tmp_path / "pca.safetensors")
    again = LatentPCA.load(tmp_path / "pca.safetensors")
    assert torch.equal(again.mean, pca.mean)
    assert torch.equal(again.components, pca.components)
    assert torch.equal(again.variances, pca.variances)


def test_drawn_codes_are_spread_as_the_others(codes):
    drawn = draw_like(codes, 50_000, torch.Generator().manual_seed(1))
    torch.testing.assert_close(drawn.mean(dim=0), codes.mean(dim=0), rtol=0, atol=0.1)
    torch.testing.assert_close(torch.cov(drawn.T), torch.cov(codes.T), rtol=0.03, atol=0.1)


def test_walks_go_from_one_code_to_the_other_in_equal_steps(codes):
    walked = walks(codes[:6], 4)
    assert walked.shape == (3, 5, 4)
    torch.testing.assert_close(walked[:, 0], codes[:3])
    torch.testing.assert_close(walked[:, 4], codes[3:6])
    torch.testing.assert_close(walked[:, 1] * 4, 3 * codes[:3] + codes[3:6])


@pytest.mark.slow
def test_a_walk_that_jumps_has_one_step_for_all(few):
    first, second = few.validation.images[:2].float() / 255
    jump = torch.stack([first, first, first, second, second])
    assert largest_step(jump[None]).item() == pytest.approx(4, abs=1e-3)


def test_a_slider_without_variance_stands_at_zero():
    pca = LatentPCA(torch.zeros(2), torch.eye(2), torch.tensor([4.0, 0.0]))
    assert pca.sliders(torch.tensor([[6.0, 0.0], [-2.0, 1.0]])).tolist() == [[3.0, 0.0], [-1.0, 0.0]]

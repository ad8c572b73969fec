"""What the long trainings of Lesson 5 left: it loads, and does what was recorded of it."""

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson5 import pictures, weights
from academy.lessons.lesson5.comparison import codes_of, quality
from academy.lessons.lesson5.faces import face_split, pixels
from academy.lessons.lesson5.judge import JUDGED, accuracies, judge, true_attributes
from academy.lessons.lesson5.latents import latent_pca
from academy.lessons.lesson5.measures import psnr
from academy.lessons.lesson5.pixel_pca import pixel_pca
from academy.lessons.lesson5.weights import (
    keep_weights,
    lesson_autoencoder,
    lesson_pca,
    lesson_vae,
    with_kept_weights,
)
from torch import nn

pytestmark = pytest.mark.slow
MEGABYTE = 2**20


def recorded(name, **wanted):
    rows = read_sweep(f"lessons/lesson5/{name}")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def test_all_of_it_is_small():
    sizes = [file.stat().st_size for file in weights.RESULTS.glob("*.safetensors")]
    assert len(sizes) == 5
    assert max(sizes) <= 2 * MEGABYTE


@pytest.mark.parametrize(("name", "load"), [("vae", lesson_vae), ("autoencoder", lesson_autoencoder)])
def test_it_reconstructs_as_well_as_was_recorded(name, load):
    found, expected = quality(load(), face_split().test), recorded(name, part="test")
    assert found["psnr"] == pytest.approx(expected["psnr"], abs=0.05)
    assert found["ssim"] == pytest.approx(expected["ssim"], abs=0.005)
    assert found["perceptual"] == pytest.approx(expected["perceptual"], abs=0.01)


def test_the_components_are_those_of_the_vaes_codes():
    pca = lesson_pca()
    torch.testing.assert_close(pca.components @ pca.components.T, torch.eye(64), atol=1e-4, rtol=0)
    shares = read_sweep("lessons/lesson5/vae")["settings"]["shares"]
    assert pca.shares[:8].tolist() == pytest.approx(shares, abs=1e-3)
    few = latent_pca(codes_of(lesson_vae(), face_split().train.images[:1000]))
    torch.testing.assert_close(few.shares[:3], pca.shares[:3], atol=0.03, rtol=0)


def test_the_judge_is_as_often_right_as_was_recorded_and_more_often_than_a_constant_answer():
    test = face_split().test
    found = accuracies(judge(), pixels(test.images), true_attributes(test))
    expected, constant = (
        recorded("judge", images="drawn"),
        recorded("judge", images="none: the more frequent answer"),
    )
    for name in JUDGED:
        assert found[name] == pytest.approx(expected[name], abs=0.01)
        assert found[name] > constant[name]


def test_weights_come_back_as_they_were_kept_but_for_rounding(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "RESULTS", tmp_path)
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    keep_weights(net, "small")
    again = with_kept_weights(nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)), "small")
    torch.testing.assert_close(again[0].weight, net[0].weight, rtol=1e-3, atol=1e-4)
    assert not again.training
    assert not any(each.requires_grad for each in again.parameters())


def test_pictures_come_back_as_they_were_kept_but_for_rounding(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "PICTURES", tmp_path / "pictures.safetensors")
    made = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    pictures.keep_pictures({"made": made})
    torch.testing.assert_close(pictures.kept_pictures()["made"], made, atol=0.5 / 255 + 1e-6, rtol=0)


def test_the_kept_faces_by_three_costs_are_the_faces_as_well_as_was_recorded():
    faces = pixels(face_split().validation.images[[103, 10]])
    for cost in ("MSE", "log-MSE", "perceptual"):
        assert psnr(pictures.kept_pictures()[cost], faces).min() > 20


def test_pca_of_pixels_reconstructs_as_well_as_no_other_plane_can(few):
    """Against the singular values: what they leave out is the mean squared error."""
    rows = pixels(few.train.images).flatten(1).double()
    left = torch.linalg.svdvals(rows - rows.mean(dim=0))[10:].square().sum() / rows.numel()
    coder = pixel_pca(few.train, 10)
    made = (coder.encode(pixels(few.train.images)) @ coder.components + coder.mean).double()
    assert ((made - rows) ** 2).mean().item() == pytest.approx(left.item(), rel=0.01)

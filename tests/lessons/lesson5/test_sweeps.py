"""The sweeps of Lesson 5: what needs no training comes out again, the rest on a few faces."""

import importlib

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson5 import comparison
from academy.lessons.lesson5.judge import JUDGED
from academy.lessons.lesson5.training import Recipe
from academy.nets.autoencoders import Gaussians, gaussian_kl, gaussian_nll
from sites import ROOT
from torch.nn import functional as F

LESSON = ROOT / "lessons" / "5-variational-autoencoders"

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


@pytest.fixture
def small(monkeypatch, script, few, own_checkpoints):
    """Import a script that trains on a few faces for eight steps, and measures on fewer samples."""
    for name, count in {"TRUE_FACES": 60, "SAMPLES": 20, "PAIRS": 2}.items():
        monkeypatch.setattr(comparison, name, count)
    comparison.true_features.cache_clear()

    def module(name):
        sweep = script(name)
        monkeypatch.setattr(sweep, "face_split", lambda tied=False: few)
        monkeypatch.setattr(sweep, "Recipe", lambda **given: Recipe(epochs=4, **given))
        return sweep

    yield module
    comparison.true_features.cache_clear()


def recorded(name, **wanted):
    rows = read_sweep(f"lessons/lesson5/{name}")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def test_pca_comes_out_again(script):
    expected = recorded("equal_size", kind="PCA", latents=8)
    again = script("sweep_equal_size").run("PCA", 8, seed=0)
    assert again["psnr"] == pytest.approx(expected["psnr"], abs=0.02)
    assert again["ssim"] == pytest.approx(expected["ssim"], abs=0.002)
    assert again["fitted"] == pytest.approx(expected["fitted"], rel=0.02)


def test_each_kind_is_measured_in_the_same_way(small):
    sweep = small("sweep_equal_size")
    plain, variational = (sweep.run(kind, 4, seed=0) for kind in ("autoencoder", "VAE"))
    assert set(plain) == set(recorded("equal_size", kind="autoencoder", latents=8, seed=0)) - {
        "kind",
        "latents",
        "seed",
    }
    assert set(variational) == set(plain) | {"kl", "active", "prior"}
    assert plain["share_8"] == variational["share_8"] == 1  # of four latents


def test_longer_trainings_are_measured_on_faces_seen_and_unseen(small, monkeypatch):
    sweep = small("sweep_longer")
    monkeypatch.setattr(sweep, "Recipe", Recipe)
    short, longer = (sweep.run("autoencoder", 4, epochs, seed=0) for epochs in (1, 6))
    assert longer["training"] > short["training"]
    assert set(short) == {"validation", "training"}


def test_the_longer_trainings_begin_where_the_lesson_ends():
    """On another device, and from other seeds, as many epochs as the lesson's networks bring as much."""
    (kept,) = [row for row in read_sweep("lessons/lesson5/vae")["rows"] if row["part"] == "validation"]
    again = [recorded("longer", kind="VAE", latents=64, epochs=16, seed=seed) for seed in range(3)]
    assert [row["validation"] for row in again] == pytest.approx([kept["psnr"]] * 3, abs=0.3)


def test_a_larger_beta_leaves_fewer_nats(small):
    small_beta, large_beta = (small("sweep_beta").run(beta, seed=0) for beta in (0.1, 100.0))
    assert small_beta["kl"] > large_beta["kl"]


def test_means_for_sums_silence_codes_more_than_a_large_beta(small):
    sweep = small("sweep_collapse")
    large, careless = (sweep.run(way, 0) for way in ("nothing", "means for sums"))
    assert set(large) == set(recorded("collapse", way="nothing", seed=0)) - {"way", "seed"}
    assert careless["kl"] < large["kl"]


def test_means_for_sums_are_the_recorded_beta(script):
    """The slopes of the careless loss are those of the true one with this β, but for one factor."""
    chance = torch.Generator().manual_seed(0)
    images, made = torch.rand(2, 4, 3, 64, 64, generator=chance, dtype=torch.float64)
    mean, log_variance = torch.randn(2, 4, 64, generator=chance, dtype=torch.float64)
    inputs = [made.requires_grad_(), mean.requires_grad_()]
    kl = gaussian_kl(Gaussians(mean, log_variance))
    careless = torch.autograd.grad(F.mse_loss(made, images) + kl.mean(), inputs, retain_graph=True)
    true = gaussian_nll(made, images).mean() + script("sweep_collapse").CARELESS * kl.sum(dim=1).mean()
    factors = [(ours / theirs).mean() for ours, theirs in zip(torch.autograd.grad(true, inputs), careless)]
    torch.testing.assert_close(factors[0], factors[1])


def test_each_cost_is_tried_with_two_weights_and_its_better_one_from_all_seeds():
    sweep = read_sweep("lessons/lesson5/losses")
    rows = sweep["rows"]
    for cost in ("MSE", "log-MSE", "perceptual"):
        tried = [row for row in rows if row["loss"].startswith(cost) and row["seed"] == 0]
        assert len(tried) == 2
        best = max(tried, key=lambda row: row[sweep["settings"]["chosen_by"]])
        seeds = [row["seed"] for row in rows if row["loss"] == best["loss"] and row["beta"] == best["beta"]]
        assert sorted(seeds) == sweep["settings"]["seeds"]


def test_a_cost_is_trained_with(small):
    row = small("sweep_losses").run("log-MSE", 1.0, seed=0)
    assert set(row) == set(recorded("beta", beta=1.0, seed=0)) - {"beta", "seed"}


def test_knobs_are_turned_for_each_component_and_each_attribute(small, monkeypatch):
    sweep = small("sweep_knobs")
    monkeypatch.setattr(sweep, "FACES", 10)
    row = sweep.run(0, tied=False)
    assert set(row) == set(recorded("knobs", seed=0, tied=False))
    assert len(row["knobs"]) == len(row["shares"]) == 8
    assert all(set(fitted) == set(JUDGED) for fitted in row["fitted"].values())
    for knob in row["knobs"]:
        strongest = max(range(len(JUDGED)), key=lambda place: abs(knob["changes"][place]))
        assert abs(knob["changes"][strongest]) == pytest.approx(
            abs(knob["changes"][JUDGED.index(knob["most"])]), abs=1e-3
        )

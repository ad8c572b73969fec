"""The sweeps of Lesson 5: what needs no training comes out again, the rest on a few faces."""

import importlib

import pytest
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson5 import comparison
from academy.lessons.lesson5.judge import JUDGED
from academy.lessons.lesson5.training import Recipe
from sites import ROOT

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
    assert set(plain) == set(recorded("equal_size", kind="autoencoder", latents=8)) - {
        "kind",
        "latents",
        "seed",
    }
    assert set(variational) == set(plain) | {"kl", "active", "prior"}
    assert plain["share_8"] == variational["share_8"] == 1  # of four latents


def test_a_larger_beta_leaves_fewer_nats(small):
    small_beta, large_beta = (small("sweep_beta").run(beta, seed=0) for beta in (0.1, 100.0))
    assert small_beta["kl"] > large_beta["kl"]


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

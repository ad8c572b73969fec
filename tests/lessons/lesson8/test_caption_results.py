"""Recorded captions and noise of gradients: the kept weights give these numbers, and so does a short run."""

import importlib

import pytest
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.caption_looks import looks
from academy.lessons.lesson8.caption_scenes import scene_split
from academy.lessons.lesson8.caption_scores import exact, most_frequent, scores
from academy.lessons.lesson8.caption_training import KINDS, trained, written
from academy.lessons.lesson8.caption_weights import FOLDER, lesson_captioner
from academy.lessons.lesson8.gradient_noise import noise
from sites import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "lessons" / "8-clip")
    return importlib.import_module("train_captioners")


def recorded(name, **wanted):
    rows = read_sweep(f"lessons/lesson8/{name}")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


@pytest.mark.parametrize("kind", KINDS)
def test_the_kept_weights_write_as_recorded(kind):
    split = scene_split()
    found = written(lesson_captioner(kind), split.test.pictures)
    expected = recorded("captions", kind=kind, seed=0)["test"]
    assert scores(found, split.test.captions()) == pytest.approx(expected, abs=0.004)
    assert (FOLDER / f"captioner_{kind}.safetensors").stat().st_size < 500_000


def test_soft_attention_looks_where_it_was_recorded():
    expected = recorded("captions", kind="soft", seed=0)["looks"]
    found = looks(lesson_captioner("soft"), scene_split().test)._asdict()
    assert {name: each.mean().item() for name, each in found.items()} == pytest.approx(expected, abs=0.01)


def test_the_guess_without_a_picture_is_recorded():
    split = scene_split()
    guess = most_frequent(split.train, len(split.test))
    assert exact(guess, split.test.captions()) == recorded("captions", kind="frequent")["test"]["exact"]


def test_a_beginning_learns_as_the_recorded_one(script):
    row = script.run("soft", seed=1, steps=60)
    assert row["curve"][-1]["loss"] < 1
    assert row["parameters"] == recorded("captions", kind="soft", seed=1)["parameters"]


def test_the_recorded_noise_comes_out_again(script):
    train = scene_split().train
    model = trained(script.recipe_of("hard", 0, script.EARLY), train)
    for estimator in ("soft", "hard with baseline"):
        found = noise(model, estimator, train, count=40, batch_size=64, seed=5).variance
        expected = recorded("gradient_noise", estimator=estimator, seed=0)["variance"]
        assert expected / 3 < found < 3 * expected

"""The kept GPT and the sweep beside it: what is quick comes out again, the rest is what is recorded."""

import importlib

import pytest
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7.austen_runs import JUDGED, bits_by_gpt
from academy.lessons.lesson7.gpt_weights import FILE, lesson_gpt
from academy.lessons.lesson7.novels import austen_split
from sites import ROOT

LESSON = ROOT / "lessons" / "7-transformers"

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


def recorded(**wanted):
    rows = read_sweep("lessons/lesson7/gpt_and_counts")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


@pytest.mark.parametrize(("way", "order"), [("characters", 5), ("byte pairs", 3)])
def test_counting_comes_out_again(script, way, order):
    expected = recorded(way=way, order=order)
    again = script("sweep_gpt").run(way, order=order)
    assert again["numbers"] == expected["numbers"]
    for part in ("validation", "test"):
        assert again[part] == pytest.approx(expected[part], abs=1e-4)


def test_a_short_training_comes_out_again(script):
    expected = recorded(way="GPT", steps=5, seed=0)
    again = script("sweep_gpt").run("GPT", steps=5, seed=0)
    assert again["test"] == pytest.approx(expected["test"], abs=0.02)


def test_the_kept_weights_reach_what_is_recorded():
    rows = read_sweep("lessons/lesson7/gpt")["rows"]
    (expected,) = (row["bits"] for row in rows if row["part"] == "test")
    assert bits_by_gpt(lesson_gpt(), austen_split().test[:JUDGED]) == pytest.approx(expected, abs=1e-3)
    assert FILE.stat().st_size < 2_000_000

"""What the sweeps of transfer and search recorded: one point of each comes out again."""

import importlib

import pytest
from academy.learn.sweeps import read_sweep
from sites import ROOT

LESSON = ROOT / "lessons" / "4-transfer-learning"

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


def recorded(name, **wanted):
    (row,) = [row for row in read_sweep(f"lessons/lesson4/{name}")["rows"] if wanted.items() <= row.items()]
    return row


def test_a_point_of_the_transfer_comes_out_again(script):
    expected = recorded("transfer", method="linear", examples=5)
    again = script("sweep_transfer").run("linear", 5, seed=0)
    assert again["test"] == pytest.approx(expected["test"][0], abs=0.02)
    assert again["new_things"] == pytest.approx(expected["new_things"][0], abs=0.02)


def test_a_point_of_the_failures_comes_out_again(script):
    expected = recorded("transfer_failures", failure="leak", how="same things")
    again = script("sweep_transfer_failures").run("leak", "same things", seed=0)
    assert again["test"] == pytest.approx(expected["test"][0], abs=0.02)


def test_the_search_by_the_imagenet_backbone_comes_out_again(script):
    expected = recorded("search", backbone="ImageNet")
    again = script("sweep_search").run("ImageNet", seed=0)
    assert again["average_precision"] == pytest.approx(expected["average_precision"], abs=0.01)
    assert again["same_thing_recall_at_3"] == pytest.approx(expected["same_thing_recall_at_3"], abs=0.01)


def test_the_untrained_net_is_the_same_again(script):
    expected = recorded("search", backbone="untrained", seed=1)
    again = script("sweep_search").run("untrained", seed=1)
    assert again["precision_at_1"] == pytest.approx(expected["precision_at_1"], abs=0.02)

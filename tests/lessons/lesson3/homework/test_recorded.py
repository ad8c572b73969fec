"""What was recorded for Homework 3: a point of each sweep comes out again."""

import importlib

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson3.homework.moved_clothes import moved_clothes
from academy.lessons.lesson3.homework.watched_training import FAULTS, watched
from sites import ROOT


def recorded(name, **wanted):
    rows = read_sweep(f"lessons/lesson3/homework3/{name}")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "lessons" / "3-convolutional-networks")
    return importlib.import_module


@pytest.fixture
def copies(script):
    return script("sweep_copies")


@pytest.mark.slow
def test_a_training_with_a_fault_comes_out_again():
    torch.set_num_threads(1)
    fault = "batch statistics in evaluation"
    expected, found = recorded("curves", fault=fault), watched(fault)
    for key in ("training", "sorted", "mixed", "renewed", "alone"):
        assert found[key] == pytest.approx(expected[key], abs=0.08)


def test_each_fault_has_its_curves():
    rows = read_sweep("lessons/lesson3/homework3/curves")["rows"]
    assert [row["fault"] for row in rows] == list(FAULTS)


@pytest.mark.slow
def test_a_training_with_copies_comes_out_again(copies):
    expected, found = recorded("copies", copies=True, seed=0), copies.run(True, seed=0)
    assert found["kept_back"] == pytest.approx(expected["kept_back"], abs=0.03)
    assert found["unseen"] == pytest.approx(expected["unseen"], abs=0.03)


@pytest.mark.slow
def test_a_cnn_on_shuffled_pixels_comes_out_again(script):
    run, case = script("sweep_neighbors").run, {"net": "CNN", "permuted": True, "seed": 1}
    expected, found = recorded("neighbors", **case), run(**case)
    assert found["kept_back"] == pytest.approx(expected["kept_back"], abs=0.03)
    assert found["unseen"] == pytest.approx(expected["unseen"], abs=0.03)


def test_copies_are_of_the_same_garments_and_no_picture_is_on_both_sides(copies):
    garments = moved_clothes().garments
    for has_copies in (True, False):
        training, kept = copies.parts(has_copies)
        assert (len(training), len(kept)) == (4500, 1500)
        assert garments[training].unique().numel() == 1500
        assert not torch.isin(training, kept).any()
        assert garments[kept].unique().numel() == 1500
        assert torch.isin(garments[kept], garments[training]).all() == has_copies
        assert torch.isin(garments[kept], garments[training]).any() == has_copies

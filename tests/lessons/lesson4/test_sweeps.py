"""What the sweeps of Lesson 4 recorded: one point of each comes out again."""

import importlib
from itertools import product

import pytest
import torch
from academy.data.images import Labeled
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson4.small_nets import SMALL_NETS
from sites import ROOT

LESSON = ROOT / "lessons" / "4-transfer-learning"


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


def rows_of(name):
    return read_sweep(f"lessons/lesson4/{name}")["rows"]


def recorded(name, **wanted):
    (row,) = [row for row in rows_of(name) if wanted.items() <= row.items()]
    return row


@pytest.mark.slow
def test_a_point_of_the_augmentations_comes_out_again(script):
    expected = recorded("augmentation", augmentation="flip and move")
    again = script("sweep_augmentation").run("flip and move", seed=0)
    for name in ("training", "validation", "test"):
        assert again[name] == pytest.approx(expected[name][0], abs=0.03)
    assert again["views"] == pytest.approx(expected["views"][0], abs=0.03)


@pytest.mark.slow
def test_a_point_of_the_depths_comes_out_again(script):
    expected = recorded("depth", layers=8, shortcuts=True, seed=0)
    again = script("sweep_depth").run(8, True, 0)
    assert again["loss_curve"][0] == pytest.approx(expected["loss_curve"][0], abs=0.05)
    assert again["training_loss"] == pytest.approx(expected["training_loss"], abs=0.05)
    assert again["gradients_at_start"] == pytest.approx(expected["gradients_at_start"], rel=0.05)


def test_with_and_without_shortcuts_nets_begin_with_the_same_weights(script):
    build = script("sweep_depth").build
    torch.manual_seed(0)
    without = build(8, False)
    torch.manual_seed(0)
    assert torch.equal(without[0][0].weight, build(8, True)[0][0].weight)


def test_pictures_are_halved_by_means(script):
    images = torch.tensor([[[[1.0, 3, 0, 0], [5, 7, 0, 4]]]])
    assert script("sweep_depth").halved(Labeled(images, None)).images.tolist() == [[[[4, 1]]]]


@pytest.mark.slow
def test_a_point_of_the_weight_decay_comes_out_again(script):
    where = {"kind": "decoupled", "strength": 1.0, "pictures": 200}
    expected = recorded("weight_decay", **where)
    again = script("sweep_weight_decay").run(**where, seeds=[0])
    for name in ("training", "validation"):
        assert again[name] == pytest.approx(expected[name][:1], abs=0.02)
    assert again["norm"] == pytest.approx(expected["norm"][:1], rel=0.02)


@pytest.mark.slow
def test_a_point_of_the_turned_digits_comes_out_again(script):
    expected = recorded("turned_digits", change="mirrored", seed=0)
    assert script("sweep_turned_digits").run("mirrored", 0)["test"] == pytest.approx(
        expected["test"], abs=0.02
    )


@pytest.mark.slow
def test_a_point_of_the_changes_of_xresnet_comes_out_again(script):
    expected = recorded("xresnet", style="xResNet", seed=0)
    assert script("sweep_xresnet").run("xResNet", 0)["validation"] == pytest.approx(
        expected["validation"], abs=0.02
    )


@pytest.mark.slow
def test_a_trial_of_the_nets_at_equal_time_comes_out_again(script):
    expected, sweep = recorded("equal_time", net="LeNet"), script("sweep_equal_time")
    rate, accuracy = expected["trials"][0]
    steps = round(sweep.TRIAL * sweep.SECONDS / expected["step_seconds"])
    again = sweep.run("LeNet", steps, rate, seed=0, trial=True)
    assert again["validation"] == pytest.approx(accuracy, abs=0.02)


def test_each_net_at_equal_time_has_the_rate_that_validation_chose_and_the_steps_that_fit():
    seconds = read_sweep("lessons/lesson4/equal_time")["settings"]["seconds_of_training"]
    assert [row["net"] for row in rows_of("equal_time")] == list(SMALL_NETS)
    for row in rows_of("equal_time"):
        assert row["rate"] == max(row["trials"], key=lambda trial: trial[1])[0]
        assert row["steps"] * row["step_seconds"] == pytest.approx(seconds, rel=0.01)


def test_every_kind_of_convolution_costs_what_it_says(script):
    sweep = script("sweep_convolutions")
    for kind, channels in product(sweep.KINDS, sweep.CHANNELS):
        expected = recorded("convolutions", kind=kind, channels=channels)
        each = {"3×3": 9 * channels, "1×1": channels, "depthwise 3×3": 9, "separable": 9 + channels}[kind]
        assert expected["multiply_adds"] == 28 * 28 * channels * each
        assert expected["milliseconds"] > 0

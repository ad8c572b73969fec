"""What the sweeps of Lesson 3 recorded: one point of each comes out again."""

import importlib

import pytest
import torch
from academy.data.images import Labeled
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson3.clothes_runs import moved
from sites import ROOT

LESSON = ROOT / "lessons" / "3-convolutional-networks"


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


def recorded(name, **wanted):
    (row,) = [row for row in read_sweep(f"lessons/lesson3/{name}")["rows"] if wanted.items() <= row.items()]
    return row


@pytest.mark.slow
def test_a_trial_of_the_nets_comes_out_again(script):
    expected = recorded("nets", net="linear")
    rate, augmented, accuracy = expected["trials"][1]
    again = script("sweep_nets").run("linear", rate, augmented, seed=0, trial=True)
    assert again["validation"] == pytest.approx(accuracy, abs=0.01)


@pytest.mark.slow
def test_a_point_of_the_shifts_comes_out_again(script):
    expected = recorded("shifts", net="mlp", training="as they are", shuffled=False)
    again = script("sweep_shifts").run("mlp", "as they are", False, seeds=[0])
    assert again["moved"][0] == pytest.approx(expected["moved"][0], abs=0.03)


@pytest.mark.slow
def test_a_point_of_the_regularization_comes_out_again(script):
    where = {"norm": False, "dropout": 0.0, "order": "after", "pictures": 1000}
    expected = recorded("regularization", **where)
    again = script("sweep_regularization").run(**where, seeds=[0])
    assert again["validation"] == pytest.approx(expected["validation"][:1], abs=0.02)
    assert again["training"] == pytest.approx(expected["training"][:1], abs=0.02)
    assert again["loss_curve"][0] == pytest.approx(expected["loss_curve"][0], abs=0.05)


@pytest.mark.slow
def test_a_point_of_the_dropout_comes_out_again(script):
    expected = recorded("dropout", norm=False, dropout=0.2)
    again = script("sweep_dropout").run(False, 0.2, seeds=[0])
    assert again["validation"] == pytest.approx(expected["validation"][:1], abs=0.03)
    assert again["training"] == expected["training"][:1] == [1.0]


def test_two_threads_train_what_one_trained():
    for row in read_sweep("lessons/lesson3/threads")["rows"]:
        on_one = recorded("nets", net="flat_cnn")["validation"][row["seed"]]
        assert row["validation"] == pytest.approx(on_one, abs=0.01)


def test_digits_are_learned_at_the_rates_that_clothes_chose():
    for row in read_sweep("lessons/lesson3/digits")["rows"]:
        assert row["rate"] == recorded("nets", net=row["net"])["rate"]


@pytest.mark.slow
def test_a_point_of_the_digits_comes_out_again(script):
    expected = recorded("digits", net="linear")
    again = script("sweep_digits").run("linear", seeds=[0])
    assert again["parameters"] == expected["parameters"] == 7_850
    assert again["test"] == pytest.approx(expected["test"][:1], abs=0.01)


def test_rate_and_augmentation_of_each_net_are_those_that_validation_chose():
    for row in read_sweep("lessons/lesson3/nets")["rows"]:
        rate, augmented, _ = max(row["trials"], key=lambda trial: trial[2])
        assert (row["rate"], row["augmented"]) == (rate, augmented)


def test_all_images_are_moved_by_whole_pixels_and_black_comes_in():
    images = torch.arange(1.0, 10).reshape(1, 1, 3, 3)
    assert moved(images, 1, 0).tolist() == [[[[0, 1, 2], [0, 4, 5], [0, 7, 8]]]]
    assert moved(images, -1, 2).tolist() == [[[[0, 0, 0], [0, 0, 0], [2, 3, 0]]]]


def test_permuted_pixels_are_the_same_pixels_in_one_other_order(script):
    images = torch.arange(2 * 784.0).reshape(2, 1, 28, 28)
    first, second = script("sweep_shifts").permuted(Labeled(images, torch.zeros(2))).images.flatten(1)
    assert sorted(first.tolist()) == list(range(784))
    assert first.tolist() != list(range(784))
    assert torch.equal(first + 784, second)

"""What the sweeps of Lesson 2 recorded: one point of each comes out again."""

import importlib

import pytest
from academy.data.images import Labeled, mnist
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson2.digit_recipes import RECIPES, REFERENCE, digits_of, recipe_of, trained
from sites import ROOT

LESSON = ROOT / "lessons" / "2-training"


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


@pytest.fixture(scope="module")
def digits():
    """All digits that can be had here, if they are those of the recorded runs."""
    found = mnist()
    if found.source != read_sweep("lessons/lesson2/mnist")["settings"]["data"]:
        pytest.skip("the sweep was made with another part of MNIST than there is here")
    return found


def recorded(name, **wanted):
    (row,) = [row for row in read_sweep(name)["rows"] if wanted.items() <= row.items()]
    return row


@pytest.mark.slow
def test_a_point_of_the_activations_comes_out_again(script):
    """At the recorded rate alone; another machine rounds differently, hence the tolerances."""
    expected = recorded(
        "lessons/lesson2/activations", optimizer="momentum", depth=4, activation="ReLU", start="matched"
    )
    seeds = read_sweep("lessons/lesson2/activations")["settings"]["seeds"]
    again = script("sweep_activations").run(
        "momentum", "ReLU", 4, "matched", rates=[expected["learning_rate"]], seeds=seeds
    )
    assert again["gradient_norms"] == pytest.approx(expected["gradient_norms"], rel=0.01)
    assert again["output_spreads"] == pytest.approx(expected["output_spreads"], rel=0.01)
    assert again["accuracy"] == pytest.approx(expected["accuracy"], abs=0.03)


@pytest.mark.slow
def test_the_plateau_comes_out_again_and_its_end(script):
    """The first thousand steps at the rate with which the net leaves it soonest, for one of the seeds."""
    sweep = script("sweep_plateau")
    rows = read_sweep("lessons/lesson2/plateau")["rows"]
    expected = next(row for row in rows if row["learning_rate"] == 0.3)["loss_curves"][0][:20]
    (again,) = sweep.run("Sigmoid", 4, 0.3, seeds=[0], steps=1000)["loss_curves"]
    assert again[0] == pytest.approx(expected[0], abs=0.05)
    assert min(again) < 1.5
    assert min(expected) < 1.5


@pytest.mark.slow
def test_a_point_of_the_learning_rates_comes_out_again(script):
    where = {"optimizer": "adam", "learning_rate": 0.001, "schedule": "constant"}
    expected = recorded("lessons/lesson2/learning_rates", **where)
    again = script("sweep_learning_rates").run("adam", 0.001, "constant", seeds=[0, 1])
    assert again["accuracy"] == pytest.approx(expected["accuracy"][:2], abs=0.02)
    assert len(again["loss_curve"]) == len(expected["loss_curve"])


@pytest.mark.slow
def test_a_point_of_the_digits_comes_out_again(script, digits):
    expected = recorded("lessons/lesson2/mnist", net=RECIPES[1].name)
    again = script("sweep_mnist").run(RECIPES[1].name, seeds=[0, 1])
    assert again["parameters"] == expected["parameters"]
    assert again["accuracy"] == pytest.approx(expected["accuracy"][:2], abs=0.015)


@pytest.mark.slow
def test_a_point_of_the_photos_comes_out_again(script, digits):
    sweep, splits = script("sweep_photos"), digits_of(digits)
    expected = recorded("lessons/lesson2/photos", scene="shadow", preparation="all steps")
    net, _ = trained(recipe_of(REFERENCE), splits.train, 0)
    shown = Labeled(*(part[: sweep.PHOTOS] for part in splits.validation))
    again = sweep.run("shadow", "all steps", shown, {"reference": [net]})
    assert again["reference"] == pytest.approx(expected["reference"][:1], abs=0.02)


def test_the_test_images_were_opened_for_the_chosen_net_and_the_reference_alone():
    sweep = read_sweep("lessons/lesson2/mnist")
    best = max(sweep["rows"], key=lambda row: sum(row["accuracy"]))
    assert sweep["settings"]["chosen"] == best["net"]
    tested = {row["net"] for row in sweep["rows"] if "test_accuracy" in row}
    assert tested == {best["net"], REFERENCE}

"""The sweeps about sentiment: what is quick comes out again, the rest on a few sentences."""

import importlib

import pytest
from academy.data.sentences import sentence_split
from academy.learn.kept_answers import unpacked
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson6 import sentiment_training
from academy.lessons.lesson6.sentiment_recipes import chosen_recipe
from academy.lessons.lesson6.sentiment_training import BEGINNINGS
from sites import ROOT

LESSON = ROOT / "lessons" / "6-word-embeddings"

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


def recorded(name, **wanted):
    rows = read_sweep(f"lessons/lesson6/{name}")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


@pytest.mark.parametrize("method", ["majority", "word list"])
def test_what_needs_no_training_comes_out_again(script, method):
    expected = recorded("sentiment", method=method, seed=0)
    again = script("sweep_sentiment").run(method, seed=0)
    assert again | {"seconds": None} == {
        key: value for key, value in expected.items() if key not in ("method", "seed")
    } | {"seconds": None}


def test_a_bag_of_words_from_a_hundred_sentences_comes_out_again(script):
    again = script("sweep_sentences").run("bag of words", 100, seed=0)
    assert again["test"] == pytest.approx(
        recorded("sentences", method="bag of words", size=100, seed=0)["test"], abs=0.003
    )


def test_a_network_from_a_hundred_sentences_comes_out_again(script):
    again = script("sweep_sentences").run("nothing", 100, seed=0)
    expected = recorded("sentences", method="nothing", size=100, seed=0)
    assert again["test"] == pytest.approx(expected["test"], abs=0.02)


def test_the_kept_answers_are_the_kept_accuracies():
    test = sentence_split().test
    for row in read_sweep("lessons/lesson6/sentiment")["rows"]:
        right = unpacked(row["right"], len(test.texts))
        assert right.double().mean().item() == pytest.approx(row["test"], abs=5e-5)


def test_the_chosen_recipe_is_the_best_that_was_tried():
    for beginning in BEGINNINGS:
        tried = [
            row
            for row in read_sweep("lessons/lesson6/sentiment_recipes")["rows"]
            if row["beginning"] == beginning
        ]
        chosen = chosen_recipe(beginning, seed=7)
        best = max(tried, key=lambda row: row["validation"])
        assert (chosen.rate, chosen.dropout, chosen.scale) == (best["rate"], best["dropout"], best["scale"])
        assert chosen.seed == 7
        assert (
            read_sweep("lessons/lesson6/sentiment")["settings"]["recipes"][beginning]["rate"] == chosen.rate
        )


def test_each_beginning_was_tuned_with_the_same_care():
    rows = read_sweep("lessons/lesson6/sentiment_recipes")["rows"]
    counts = [sum(row["beginning"] == beginning for row in rows) for beginning in BEGINNINGS]
    assert counts == [12, 12, 12]


def test_a_mask_leaves_no_change_and_its_lack_does(script, monkeypatch):
    sweep = script("sweep_mistakes")
    monkeypatch.setattr(
        sweep, "chosen_recipe", lambda *_, seed: sentiment_training.Recipe(steps=40, seed=seed)
    )
    rows = {mistake: sweep.run(mistake, seed=0) for mistake in sweep.MISTAKES}
    assert rows["none"]["largest"] == rows["words to come"]["largest"] == 0
    assert rows["padding learns"]["largest"] > 0.01
    assert rows["padding is zero"]["largest"] > 0.01
    assert set(rows["none"]) == set(recorded("sentiment_mistakes", mistake="none", seed=0)) - {
        "mistake",
        "seed",
    }

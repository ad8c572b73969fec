"""The sweeps of Lesson 6: what is quick comes out again, the rest on a small part of the text."""

import importlib

import pytest
from academy.data.text import glosses
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson6.corpus import corpus_of, gloss_corpus, tokens
from sites import ROOT

LESSON = ROOT / "lessons" / "6-word-embeddings"

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


@pytest.fixture(scope="module")
def part():
    """Give one gloss of fifty."""
    return corpus_of(tokens(gloss) for gloss in glosses()[::50])


def recorded(name, **wanted):
    rows = read_sweep(f"lessons/lesson6/{name}")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def test_counting_comes_out_again(script):
    sweep = script("sweep_word_vectors")
    chosen = read_sweep("lessons/lesson6/word_vectors")["settings"]["chosen"]["counting"]
    expected = recorded("word_vectors", way="counting", seed=0)
    again = sweep.run("counting", sweep.WAYS["counting"][1].index(chosen), seed=0)
    assert again["pairs"] == expected["pairs"]
    for score in ("validation", "test", "family", "grammar"):
        assert again[score] == pytest.approx(expected[score], abs=0.01)


def test_each_way_is_judged_on_the_same_pairs(script, monkeypatch, part):
    sweep = script("sweep_word_vectors")
    monkeypatch.setattr(sweep, "gloss_corpus", lambda: part)
    monkeypatch.setattr(sweep, "EPOCHS", 1)
    rows = [sweep.run(way, 0, seed=0) for way in sweep.WAYS]
    assert len({row["pairs"] for row in rows}) == 1
    assert 0 < rows[0]["pairs"] < 353
    assert all(-1 <= row["test"] <= 1 and row["words_a_second"] > 0 for row in rows)


def test_the_text_is_the_one_that_was_learned_from():
    settings = read_sweep("lessons/lesson6/word_vectors")["settings"]
    assert (settings["words"], settings["tokens"]) == (len(gloss_corpus().words), len(gloss_corpus().ids))


def test_a_turned_knob_is_the_only_difference(script, monkeypatch, part):
    sweep = script("sweep_word2vec_knobs")
    used = []
    learn = sweep.word2vec
    monkeypatch.setattr(sweep, "gloss_corpus", lambda: part)
    monkeypatch.setattr(
        sweep, "word2vec", lambda corpus, recipe: (used.append(recipe), learn(corpus, recipe))[1]
    )
    monkeypatch.setitem(sweep.BASE, "epochs", 1)
    found = sweep.run({"noise_power": 1.0})
    assert used == [sweep.Recipe(epochs=1, noise_power=1.0)]
    assert 0 < found["same_part"] < 1

"""What the scripts about the encoder left: small files that answer as the tables say."""

import importlib

import pytest
import torch
from academy.data.sentences import sentence_split
from academy.learn.kept_answers import unpacked
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7 import masked_words, sentiment
from academy.lessons.lesson7.finetuning import Recipe, scores
from academy.lessons.lesson7.importance import by_attention, by_hiding, ids_of, rank_correlation
from academy.nets.minilm import tokenizer
from sites import ROOT
from transformers import pipeline

pytestmark = pytest.mark.slow

LESSON = ROOT / "lessons" / "7-transformers"


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


@pytest.mark.parametrize("file", [masked_words.FILE, sentiment.FILE])
def test_what_was_learned_is_small(file):
    assert file.stat().st_size < 2_000_000


def test_the_sentiment_answers_as_recorded():
    test = sentence_split().test
    (row,) = read_sweep("lessons/lesson7/light_sentiment")["rows"]
    recorded = unpacked(row["right"], len(test.texts))
    assert recorded.double().mean().item() == pytest.approx(row["test"], abs=5e-5)
    some = test.pick(torch.arange(60))
    again = (scores(sentiment.sentiment_model(), some.texts) > 0) == some.positive.bool()
    assert (again != recorded[:60]).sum() <= 1  # another machine may round one over the line


def test_a_pipeline_gives_the_model_s_own_probabilities():
    texts = ["A film to fall asleep in.", "Warm, funny and true."]
    feel = pipeline("text-classification", model=sentiment.sentiment_model(), tokenizer=tokenizer())
    for text, answer, score in zip(texts, feel(texts), scores(sentiment.sentiment_model(), texts).tolist()):
        assert answer["label"] == ("positive" if score > 0 else "negative"), text
        assert answer["score"] == pytest.approx(torch.tensor(abs(score)).sigmoid().item(), abs=1e-4)


def test_words_are_found_by_what_comes_after_them():
    fill = pipeline("fill-mask", model=masked_words.masked_model(), tokenizer=tokenizer())
    water, people = (fill(f"a large [MASK] of {what}", top_k=20) for what in ("water", "people"))
    ours, theirs = ({guess["token_str"] for guess in guesses} for guesses in (water, people))
    assert ours != theirs
    assert "group" in theirs
    # What stands on the left of the gap is the same: without the right side nothing tells the two apart.
    ids = tokenizer()("a large [MASK]").input_ids[:-1]
    asked = [masked_words.Question(ids, len(ids) - 1, 0)] * 2
    first, second = masked_words.guesses(masked_words.masked_model(), asked)
    assert torch.equal(first, second)


def test_counts_find_as_many_words_as_recorded(script):
    train = script("train_mask_head")
    sentences = masked_words.gloss_pieces()
    asked = masked_words.questions(sentences.held_out[train.LOOK : train.LOOK + train.ASKED])
    counted = masked_words.Counted(sentences.train)
    rows = {row["method"]: row for row in read_sweep("lessons/lesson7/masked_words")["rows"]}
    for name, found in (
        ("frequent", counted.frequent(asked)),
        ("after the word before", counted.after(asked)),
    ):
        shares = masked_words.hits(found, asked).double().mean(dim=0)
        assert rows[name]["first"] == pytest.approx(shares[0].item(), abs=5e-5)
        assert rows[name]["first five"] == pytest.approx(shares[4].item(), abs=5e-5)


def test_a_sentence_s_order_comes_out_again(script):
    measure = script("measure_attention")
    rows = read_sweep("lessons/lesson7/attention")["rows"]
    texts = sentence_split().test.draw(2 * measure.SENTENCES, measure.SEED).texts
    ids = next(ids for ids in map(ids_of, texts) if len(ids) - 2 >= measure.LEAST)
    found = by_attention(sentiment.sentiment_model(), ids), by_hiding(sentiment.sentiment_model(), ids)
    assert rows[0]["order"]["last layer's attention"] == pytest.approx(rank_correlation(*found), abs=0.1)


def test_a_point_of_the_learning_curves_has_all_that_the_table_needs(script, monkeypatch):
    sweep = script("sweep_finetuning")
    few = sentence_split().test.pick(torch.arange(8))
    split = sentence_split()._replace(test=few)
    monkeypatch.setattr(sweep, "sentence_split", lambda: split)
    monkeypatch.setattr(sweep, "STEPS", {8: 1})
    monkeypatch.setattr(sweep, "RECIPE", Recipe("light", batch_size=4))
    sweep.test_features.cache_clear()
    for method in sweep.METHODS:
        row = sweep.run(method, 8, seed=0)
        assert unpacked(row["right"], 8).double().mean().item() == pytest.approx(row["test"], abs=1e-4)
    sweep.test_features.cache_clear()

"""What the page's script is told of the lesson's GPT."""

import json

import pytest
from academy.data.byte_pairs import BytePairs
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7.austen_runs import JUDGED
from academy.lessons.lesson7.in_page import facts
from academy.lessons.lesson7.novels import austen_split, tokens_of


@pytest.mark.slow
def test_it_holds_the_merges_the_letters_and_the_surprise_at_the_novel_for_choosing():
    told = json.loads(facts())
    flat = told["merges"]
    novel = austen_split().validation[:JUDGED]
    assert BytePairs(zip(flat[::2], flat[1::2])).encode(novel) == tokens_of(novel).tolist()
    assert set(told["letters"]) == set(austen_split().train)
    (kept,) = (row for row in read_sweep("lessons/lesson7/gpt")["rows"] if row["part"] == "validation")
    assert told["judged"]["title"] == "Northanger Abbey"
    assert told["judged"]["character"] == kept["bits"]
    assert told["judged"]["token"] * len(tokens_of(novel)) == pytest.approx(kept["bits"] * JUDGED, rel=1e-4)

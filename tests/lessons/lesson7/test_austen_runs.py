"""What is judged: bits a character, equal for equal probabilities, whatever the tokens."""

import math

import pytest
import torch
from academy.lessons.lesson7.austen_runs import CUTS, bits_by_counts, bits_by_gpt
from academy.lessons.lesson7.gpt import GPT, Size
from academy.lessons.lesson7.ngrams import KneserNey

TEXT = "She had been forced into prudence in her youth, she learned romance as she grew older.\n"


@pytest.mark.slow
def test_a_blind_gpt_takes_ten_bits_a_token():
    network = GPT(Size(layers=1, width=8, heads=1))
    torch.nn.init.zeros_(network.tokens.weight)
    tokens = len(CUTS["byte pairs"].encode(TEXT))
    assert bits_by_gpt(network, TEXT) == pytest.approx(10 * tokens / len(TEXT))


def test_counts_of_a_text_by_its_own_characters():
    way = CUTS["characters"]
    single = KneserNey(way.encode(TEXT), 1, way.vocabulary, way.before)
    by_hand = -sum(math.log2(float(single.following(way.encode(""))[way.encode(each)])) for each in TEXT)
    assert bits_by_counts(single, "characters", TEXT) == pytest.approx(by_hand / len(TEXT))


@pytest.mark.slow
def test_before_each_text_a_paragraph_ends():
    assert [way.before for way in CUTS.values()] == [int(way.encode("\n")[0]) for way in CUTS.values()]

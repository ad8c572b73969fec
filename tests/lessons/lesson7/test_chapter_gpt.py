"""What the chapter writes from scratch about counts and a GPT, against the package and PyTorch."""

from dataclasses import replace

import pytest
import torch
from academy.lessons.lesson7 import sampling
from academy.lessons.lesson7.characters import encode
from academy.lessons.lesson7.gpt import GPT, Size
from academy.lessons.lesson7.library import take_gpt
from academy.lessons.lesson7.ngrams import KneserNey
from academy.lessons.lesson7.writing import written
from chapter_cells import definitions
from torch import nn

LETTERS = 96
LEARNED = "It is a truth universally acknowledged, that a single man must be in want of a wife.\n" * 2
UNSEEN = "However little known the feelings of such a man may be.\n"


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines."""
    return definitions("lesson7")


@pytest.mark.parametrize("order", [1, 2, 5])
def test_counts_in_dictionaries_say_what_those_in_tensors_say(chapter, order):
    start = "\n" * (order - 1)
    table = chapter["count"](start + LEARNED, order)
    library = KneserNey(encode(LEARNED), order, LETTERS)
    library.levels = [replace(level, discount=0.5) for level in library.levels]
    padded = start + UNSEEN
    by_cells = [
        chapter["probability"](table, padded[place : place + order - 1], padded[place + order - 1])
        for place in range(len(UNSEEN))
    ]
    assert library.probabilities(encode(UNSEEN)).tolist() == pytest.approx(by_cells, rel=1e-12)


def test_grams_are_all_rows_of_that_length(chapter):
    assert chapter["grams"]("anne", 2) == ["an", "nn", "ne"]
    assert chapter["grams"]("an", 3) == []


def test_the_small_gpt_of_pytorchs_parts_is_the_packages(chapter):
    torch.manual_seed(0)
    ours = GPT(Size()).double().eval()
    for parameter in ours.parameters():
        nn.init.normal_(parameter, std=0.2)
    built = chapter["SmallGPT"]().double().eval()
    take_gpt(built, ours)
    ids = torch.randint(1024, (2, 30), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        torch.testing.assert_close(built(ids), ours(ids), rtol=0, atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_ways_to_choose_are_the_packages(chapter, seed):
    logits = 3 * torch.randn(40, generator=torch.Generator().manual_seed(seed))
    for k in (1, 5, 40):
        assert torch.equal(chapter["top_k"](logits, k), sampling.top_k(logits, k))
    for p in (0.1, 0.5, 0.9, 1.0):
        assert torch.equal(chapter["top_p"](logits, p), sampling.top_p(logits, p))


def test_going_on_is_the_packages_writing_without_a_cache(chapter):
    torch.manual_seed(0)
    gpt = GPT(Size()).eval()
    go_on = definitions("lesson7", gpt=gpt)["go_on"]
    start = torch.tensor([5, 7])
    ours = go_on(start, 20, lambda logits: logits.argmax(dim=-1, keepdim=True))
    assert torch.equal(ours, written(gpt, start, 20, lambda logits: logits.argmax(dim=-1)))

"""Training and judging the small GPT."""

import pytest
import torch
from academy.lessons.lesson7.characters import encode
from academy.lessons.lesson7.gpt import GPT, Size
from academy.lessons.lesson7.gpt_training import Recipe, bits, surprise, trained, windows
from torch import nn

TINY = Size(layers=1, width=16, heads=2, context=16, vocabulary=96)
BEFORE = 7


@pytest.fixture
def network():
    torch.manual_seed(0)
    found = GPT(TINY).double()
    for parameter in found.parameters():
        nn.init.normal_(parameter, std=0.3)
    return found


def test_surprise_is_that_of_each_next_character(network):
    ids = encode("in want of a wife")[None]
    likely = network(ids[:, :-1]).softmax(dim=-1)
    by_hand = [-torch.log2(likely[0, place, ids[0, place + 1]]).item() for place in range(16)]
    assert surprise(network, ids)[0].tolist() == pytest.approx(by_hand)


@pytest.mark.parametrize("length", [1, 7, 8, 9, 16, 17, 24, 25, 60])
def test_each_character_is_judged_once_and_with_half_a_context(network, length):
    text = torch.randint(96, (length,), generator=torch.Generator().manual_seed(1))
    whole = torch.cat([torch.tensor([BEFORE]), text])
    by_hand = []
    for place in range(length):
        start = max(0, place // 8 - 1) * 8
        logits = network(whole[None, start : place + 1])[0, -1]
        by_hand.append(-logits.log_softmax(dim=-1)[text[place]].item() / torch.tensor(2.0).log().item())
    assert bits(network, text, BEFORE, batch_size=3).tolist() == pytest.approx(by_hand, rel=1e-6)


def test_windows_are_pieces_of_the_text():
    torch.manual_seed(0)
    text = torch.arange(12)
    batch = next(windows(text, 5, batch_size=200))
    assert batch.shape == (200, 5)
    assert (batch.diff(dim=1) == 1).all()
    assert set(batch[:, 0].tolist()) == set(range(8))  # each place where one fits


@pytest.mark.slow
def test_it_learns_what_follows_what_and_the_same_again():
    text = encode("the cat sat on the mat.\n" * 20)
    recipe = Recipe(TINY, steps=80, batch_size=8, rate=1e-2)
    first, again = trained(recipe, text), trained(recipe, text)
    assert bits(first.network, text).mean() < 1.0 < first.losses[0]
    assert torch.equal(first.losses, again.losses)
    assert len(first.losses) == 80

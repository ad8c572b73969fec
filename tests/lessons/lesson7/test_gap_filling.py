"""Filling gaps: who sees what, what counts as a gap, and what counts and training make of them."""

import importlib

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7.gap_filling import (
    SIDES,
    Counted,
    GapFiller,
    Gaps,
    gap_loss,
    hide,
    judged,
    questions,
    trained,
)
from academy.lessons.lesson7.gpt import Size
from academy.lessons.lesson7.gpt_training import Recipe
from academy.lessons.lesson7.novels import austen_split
from sites import ROOT
from torch import nn

TINY = Size(layers=2, width=16, heads=2, context=20, vocabulary=30)
MASK = 30


@pytest.fixture(params=SIDES)
def network(request):
    torch.manual_seed(0)
    found = GapFiller(TINY, request.param).double()
    for parameter in found.parameters():
        nn.init.normal_(parameter, std=0.3)
    return found


@pytest.fixture
def ids():
    return torch.randint(30, (4, 20), generator=torch.Generator().manual_seed(1))


@pytest.fixture
def script(monkeypatch):
    """Import the script that lies beside the lesson."""
    monkeypatch.syspath_prepend(ROOT / "lessons" / "7-transformers")
    return importlib.import_module("sweep_gaps")


def test_three_of_twenty_tokens_are_hidden_anywhere_and_kept_as_answers(ids):
    torch.manual_seed(0)
    gaps = hide(ids.repeat(100, 1), MASK)
    assert (gaps.hidden.sum(dim=1) == 3).all()
    assert gaps.hidden.any(dim=0).all()
    assert torch.equal(gaps.ids == MASK, gaps.hidden)
    assert torch.equal(gaps.ids.masked_scatter(gaps.hidden, gaps.answers), ids.repeat(100, 1))


def test_a_short_window_has_one_gap():
    assert hide(torch.tensor([[1, 2]]), MASK).hidden.sum() == 1


def test_only_who_sees_both_sides_hears_of_what_comes_later(network, ids):
    gaps = hide(ids, MASK, torch.Generator().manual_seed(2))
    last = int(gaps.hidden[0].nonzero()[1])  # of the second gap of three
    later, earlier = gaps.ids[:1].clone(), gaps.ids[:1].clone()
    later[0, last + 1 :] = 7
    earlier[0, last - 1] = 8
    first = Gaps(gaps.ids[:1], gaps.hidden[:1], gaps.answers[:1])
    before, after_later, after_earlier = (
        network(first._replace(ids=changed))[0, :2] for changed in (first.ids, later, earlier)
    )
    assert torch.allclose(before, after_later) is (network.sides == "left side")
    assert not torch.allclose(before[1], after_earlier[1])


def test_both_kinds_begin_with_the_same_weights():
    both, left = (trained(Recipe(TINY, steps=0), sides, torch.arange(30)).network for sides in SIDES)
    for name, value in both.state_dict().items():
        assert torch.equal(value, left.state_dict()[name])


def test_the_loss_is_the_surprise_at_the_gaps_alone(network, ids):
    torch.manual_seed(3)
    loss = gap_loss(network, ids).item()
    torch.manual_seed(3)
    gaps = hide(ids, MASK)
    by_hand = []
    for row in range(4):
        only = network(Gaps(gaps.ids[row, None], gaps.hidden[row, None], gaps.answers[row, None]))[0]
        for logits, place in zip(only, gaps.hidden[row].nonzero().flatten().tolist()):
            by_hand.append(-torch.log2(logits.softmax(dim=0)[ids[row, place]]).item())
    assert len(by_hand) == 12
    assert loss == pytest.approx(sum(by_hand) / 12)


def test_sides_of_no_known_kind_are_refused_with_those_there_are():
    with pytest.raises(ValueError, match="'right side': choose one of both sides, left side"):
        GapFiller(TINY, "right side")


def test_questions_are_the_same_each_time_and_go_through_the_text():
    text = torch.randint(30, (65,), generator=torch.Generator().manual_seed(4))
    first, again = questions(text, TINY), questions(text, TINY)
    assert all(torch.equal(*parts) for parts in zip(first, again))
    assert torch.equal(first.ids.masked_scatter(first.hidden, first.answers).flatten(), text[:60])


def test_counts_are_those_by_hand():
    text = torch.tensor([0, 1, 0, 1, 0, 2, 3, 0])
    counted = Counted(text, vocabulary=4)
    # 0 ? ? 3 ?: after 0 mostly 1; after a gap, as everywhere, mostly 0; after 3 once 0
    hidden = torch.tensor([[False, True, True, False, True]])
    gaps = Gaps(torch.tensor([[0, 4, 4, 3, 4]]), hidden, torch.tensor([[1, 1, 2]]))
    assert counted.after(gaps).argmax(dim=2).tolist() == [[1, 0, 0]]
    assert counted.frequent(gaps).argmax(dim=2).tolist() == [[0, 0, 0]]
    # 8 tokens, and one more of each of 4: the share of 1 is (2 + 1) / 12
    shares = counted.frequent(gaps).softmax(dim=2)[0, 0].tolist()
    assert shares == pytest.approx([5 / 12, 3 / 12, 2 / 12, 2 / 12])
    # three times after 0: 1, 1, 2, and a share more
    assert counted.after(gaps).softmax(dim=2)[0, 0, 1].item() == pytest.approx((2 + 3 / 12) / 4)
    found = judged(counted.after, gaps)
    assert found["first"] == pytest.approx(1 / 3)
    assert found["first five"] == 1


def test_the_first_place_of_a_window_has_no_token_before():
    counted = Counted(torch.tensor([1, 1, 1, 0, 1, 2]), vocabulary=3)
    gaps = Gaps(torch.tensor([[3, 0]]), torch.tensor([[True, False]]), torch.tensor([[0]]))
    torch.testing.assert_close(counted.after(gaps), counted.frequent(gaps))


def test_answers_are_ranked_and_their_bits_averaged():
    probabilities = torch.tensor([[[0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125]] * 2])
    gaps = Gaps(torch.zeros(1, 2).long(), torch.ones(1, 2).bool(), torch.tensor([[0, 2]]))
    assert judged(lambda asked: probabilities.log(), gaps) == pytest.approx(
        {"first": 0.5, "first five": 1.0, "bits": 2.0}
    )


@pytest.mark.slow
@pytest.mark.parametrize("sides", SIDES)
def test_it_learns_to_fill_the_gaps_of_a_repeated_text_and_the_same_again(sides):
    text = torch.arange(10).repeat(20)
    size = Size(layers=1, width=32, heads=2, context=10, vocabulary=30)
    recipe = Recipe(size, steps=300, batch_size=16, rate=1e-2)
    first, again = trained(recipe, sides, text), trained(recipe, sides, text)
    # From the left nobody knows the first of a window; the most frequent one is right once in ten.
    assert judged(first.network, questions(text, size))["first"] > 0.7
    assert torch.equal(first.losses, again.losses)


@pytest.mark.slow
def test_counts_find_as_many_as_recorded(script):
    for again, recorded in zip(script.by_counts(), read_sweep("lessons/lesson7/gaps")["rows"]):
        assert again == pytest.approx(recorded, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("sides", SIDES)
def test_a_point_of_the_sweep_runs_again_in_short(script, monkeypatch, sides):
    split = austen_split()
    beginnings = split._replace(validation=split.validation[:2_000], test=split.test[:2_000])
    monkeypatch.setattr(script, "austen_split", lambda: beginnings)
    first, again = (script.run(sides, rate=3e-3, seed=0, steps=3) for _ in range(2))
    for novel in ("validation", "test"):
        assert first[novel] == again[novel]
        assert 0 <= first[novel]["first"] <= first[novel]["first five"] <= 1
        assert 5 < first[novel]["bits"] < 15
    assert first["validation"] != first["test"]

"""Choosing tokens: against the library's warpers, and against every text there is."""

from itertools import product

import pytest
import torch
from academy.lessons.lesson7.sampling import beam_search, drawn, heated, top_k, top_p

FOUR = torch.tensor([[0.1, 0.5, 0.15, 0.25]]).log()


def logits_of(seed, rows=20, vocabulary=50):
    return 3 * torch.randn(rows, vocabulary, generator=torch.Generator().manual_seed(seed))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "warper", "value"),
    [
        *((heated, "TemperatureLogitsWarper", value) for value in (0.3, 1.0, 2.5)),
        *((top_k, "TopKLogitsWarper", value) for value in (1, 5, 50, 80)),
        *((top_p, "TopPLogitsWarper", value) for value in (0.05, 0.5, 0.9, 0.999)),
    ],
)
def test_a_change_of_logits_is_the_librarys(change, warper, value):
    import transformers  # takes seconds

    logits = logits_of(0)
    assert torch.equal(change(logits, value), getattr(transformers, warper)(value)(None, logits))


def test_what_is_left_of_four_by_hand():
    assert heated(FOUR, 0.5).softmax(dim=-1)[0].tolist() == pytest.approx(  # squares, made a whole again
        [0.01 / 0.345, 0.25 / 0.345, 0.0225 / 0.345, 0.0625 / 0.345]
    )
    assert top_k(FOUR, 2).softmax(dim=-1)[0].tolist() == pytest.approx([0, 2 / 3, 0, 1 / 3])
    assert top_p(FOUR, 0.8).softmax(dim=-1)[0].tolist() == pytest.approx([0, 5 / 9, 1.5 / 9, 2.5 / 9])
    assert top_p(FOUR, 1.0).tolist() == FOUR.tolist()
    assert top_p(FOUR, 1e-6).isfinite().tolist() == [[False, True, False, False]]


def test_tokens_are_drawn_as_often_as_they_are_likely():
    tokens = drawn(FOUR.expand(20_000, 4), torch.Generator().manual_seed(0))
    assert (tokens.bincount() / 20_000).tolist() == pytest.approx([0.1, 0.5, 0.15, 0.25], abs=0.01)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: heated(FOUR, 0), "temperature of 0 is not above 0"),
        (lambda: heated(FOUR, float("nan")), "temperature of nan is not above 0"),
        (lambda: top_k(FOUR, 0), "0 cannot be kept"),
        (lambda: top_p(FOUR, 0), "share of 0 is not between"),
        (lambda: top_p(FOUR, 90), "share of 90 is not between"),
    ],
)
def test_what_leaves_no_choice_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def chain(seed, vocabulary=4):
    """Make a language in which each token depends on the two before it."""
    table = logits_of(seed, vocabulary**2, vocabulary)
    return lambda texts: table[texts[:, -2] * vocabulary + texts[:, -1]]


def best_of_all(score, start, length, vocabulary=4):
    """Score every text there is."""
    texts = torch.tensor([[*start.tolist(), *added] for added in product(range(vocabulary), repeat=length)])
    totals = torch.zeros(len(texts))
    for place in range(len(start), len(start) + length):
        likely = score(texts[:, :place]).log_softmax(dim=-1)
        totals += likely.gather(1, texts[:, place, None]).squeeze(1)
    order = totals.argsort(descending=True)
    return texts[order], totals[order]


@pytest.mark.parametrize("seed", range(5))
def test_enough_beams_find_the_likeliest_texts_of_all(seed):
    score, start = chain(seed), torch.tensor([0, 1])
    texts, totals = beam_search(score, start, length=4, beams=64)  # as many as there are beginnings of 3
    expected, likely = best_of_all(score, start, length=4)
    assert texts[:10].tolist() == expected[:10].tolist()
    torch.testing.assert_close(totals[:10], likely[:10])


@pytest.mark.parametrize("seed", range(5))
def test_one_beam_takes_the_likeliest_token_each_time(seed):
    score, start = chain(seed), torch.tensor([0, 1])
    greedy = start
    for _ in range(6):
        greedy = torch.cat([greedy, score(greedy[None]).argmax(dim=-1)])
    assert beam_search(score, start, length=6, beams=1)[0].tolist() == [greedy.tolist()]


def test_two_beams_find_what_the_likeliest_token_misses():
    # 0 or 1 first: 0.6 and 0.4; after 0 two are as likely, after 1 one is nearly sure.
    after = torch.tensor([[0.5, 0.5], [0.05, 0.95], [0.6, 0.4]]).log()
    found, totals = {}, {}
    for beams in (1, 2):
        texts, likely = beam_search(lambda texts: after[texts[:, -1]], torch.tensor([2]), 2, beams)
        found[beams], totals[beams] = texts[0].tolist(), likely[0].exp().item()
    assert found[2] == [2, 1, 1]
    assert totals == pytest.approx({1: 0.3, 2: 0.38})

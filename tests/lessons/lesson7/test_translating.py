"""The transformer that reads days: what it is trained on, what it learns, where it looks."""

import itertools

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7.dates import START, by_rule, held_out
from academy.lessons.lesson7.translating import (
    Recipe,
    alignment,
    batch_of,
    batches,
    exact,
    loss_of,
    trained,
    transformer,
    translated,
)

SMALL = Recipe(width=16, heads=2, hidden=16, layers=1, steps=3, batch_size=4)


def test_what_is_written_so_far_begins_with_the_start_and_lacks_the_last():
    batch = batch_of(held_out()[:3])
    assert (batch.so_far[:, 0] == START).all()
    assert torch.equal(batch.so_far[:, 1:], batch.wanted[:, :-1])


def test_batches_hold_texts_of_about_one_length_and_come_again_with_their_seed():
    drawn = list(itertools.islice(batches(16, seed=0), 8))
    padding = sum((batch.read == 0).sum() for batch in drawn) / sum(batch.read.numel() for batch in drawn)
    assert padding < 0.2  # of a batch drawn without sorting, it is half
    again = next(batches(16, seed=0))
    assert torch.equal(again.read, drawn[0].read)
    assert not torch.equal(again.wanted, next(batches(16, seed=1)).wanted)


def test_the_untrained_loss_is_about_that_of_a_guess():
    loss = loss_of(transformer(SMALL), batch_of(held_out()[:200]))
    assert loss.item() == pytest.approx(torch.tensor(12.0).log().item(), abs=0.5)


def test_the_weights_kept_are_of_the_last_layer_and_sum_to_one():
    model = trained(SMALL)
    iso, weights = alignment(model, "5 March 1998")
    assert weights.shape == (SMALL.heads, 10, 12)
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(SMALL.heads, 10))
    assert translated(model, ["5 March 1998"]) == [iso]


def test_exact_counts_whole_dates():
    some = held_out()[:4]
    found = [day.iso for day in some]
    found[0] = found[0][:-1] + "?"
    assert exact(found, some) == 0.75


@pytest.mark.slow
def test_it_reads_days_it_never_saw_better_than_the_rule_and_looks_at_what_it_translates():
    test = held_out()[:300]
    model = trained(Recipe())
    found = translated(model, [day.text for day in test])
    assert exact(found, test) > exact([by_rule(day.text) for day in test], test) + 0.1
    expected = read_sweep("lessons/lesson7/dates")["rows"][0]["exact"]
    assert exact(found, test) == pytest.approx(expected, abs=0.06)
    text = "the eighth of February, twenty forty-six"
    _, weights = alignment(model, text)
    looks = weights.mean(dim=0)  # (10, characters read)
    month, year = text.index("February"), text.index("twenty")
    assert looks[3, year:].sum() > 0.5
    assert looks[6, month:year].sum() > 0.5
    assert looks[9, :month].sum() > 0.5

"""Schedules against torch's own schedulers."""

import pytest
import torch
from academy.learn.schedules import constant, cosine, one_cycle

STEPS = 101


def rates_of(make):
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=1.0)
    scheduler = make(optimizer)
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step() if len(rates) < STEPS else None
    return rates


def ours(schedule):
    return [schedule(step / (STEPS - 1)) for step in range(STEPS)]


def test_constant():
    assert set(ours(constant)) == {1.0}


def test_cosine_is_torchs():
    theirs = rates_of(lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS - 1))
    assert ours(cosine) == pytest.approx(theirs, abs=1e-9)


def test_one_cycle_is_torchs():
    """Torch lets the peak fall on step 0.3 × 101 - 1; the tolerance is that fraction of a step."""
    theirs = rates_of(
        lambda optimizer: torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.0, STEPS, cycle_momentum=False)
    )
    assert ours(one_cycle) == pytest.approx(theirs, abs=0.04)
    assert (ours(one_cycle)[0], ours(one_cycle)[-1]) == pytest.approx((theirs[0], theirs[-1]))
    assert max(ours(one_cycle)) == pytest.approx(1)


def test_one_cycle_is_at_its_peak_after_three_tenths_and_halfway_down_at_two_thirds_of_the_rest():
    assert one_cycle(0.3) == 1
    assert one_cycle(0.15) == pytest.approx((1 + 1 / 25) / 2)
    assert one_cycle(0.65) == pytest.approx((1 + 1 / 250_000) / 2)

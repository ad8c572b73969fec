"""Confidence against right answers, on numbers worked out by hand."""

import pytest
import torch
from academy.learn.calibration import fitted_temperature, reliability


def test_bins_are_as_by_hand():
    confidence = torch.tensor([0.9, 0.6, 1.0, 0.7])
    right = torch.tensor([True, False, True, True])
    found = reliability(confidence, right, bins=2)
    assert found.answers.tolist() == [2, 2]
    assert found.confidence.tolist() == pytest.approx([0.65, 0.95])
    assert found.right.tolist() == [0.5, 1.0]
    assert found.error == pytest.approx((0.15 + 0.05) / 2)


def test_fewer_answers_than_bins_leave_no_empty_bin():
    assert reliability(torch.tensor([0.8]), torch.tensor([True]), bins=10).answers.tolist() == [1]


def test_the_temperature_of_exaggerated_logits_is_found():
    generator = torch.Generator().manual_seed(0)
    honest = torch.randn(20_000, generator=generator)
    labels = (torch.rand(20_000, generator=generator) < honest.sigmoid()).long()
    logits = torch.stack([torch.zeros(20_000), 3 * honest], dim=1)
    assert fitted_temperature(logits, labels) == pytest.approx(3, rel=0.05)


def test_a_temperature_changes_no_answer_and_mends_the_error():
    generator = torch.Generator().manual_seed(1)
    honest = torch.randn(20_000, generator=generator)
    labels = (torch.rand(20_000, generator=generator) < honest.sigmoid()).long()
    logits = torch.stack([torch.zeros(20_000), 3 * honest], dim=1)
    errors = []
    for temperature in (1.0, 3.0):
        confidence, answers = (logits / temperature).softmax(dim=1).max(dim=1)
        assert torch.equal(answers, logits.argmax(dim=1))
        errors.append(reliability(confidence, answers == labels).error)
    assert errors[0] > 0.1
    assert errors[1] < 0.02

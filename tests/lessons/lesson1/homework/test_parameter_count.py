"""Task 1: counts with a fault each, and right ones unlike ours."""

from itertools import pairwise

import pytest
import torch
from academy.lessons.lesson1.homework import homework
from academy.nets.mlp import mlp

WRONG = [
    (lambda w: sum(a * b for a, b in pairwise(w)), "has a bias besides its weights"),
    (lambda w: sum((a + 1) * b for a, b in pairwise(w[:-1])), "output neuron has param"),
    (lambda w: sum(a * (b + 1) for a, b in pairwise(w)), "layer that receives"),
    (lambda w: torch.tensor(w).prod().item(), "[2, 1] has 3 parameters, yours says 2"),
    (lambda w: print(sum((a + 1) * b for a, b in pairwise(w))), "`return` and the number"),
    (lambda w: (w[0] + 1) * w[1] + (w[1] + 1) * w[2], "for any number of layers"),
    (lambda w: [(a + 1) * b for a, b in pairwise(w)], "one number, the sum"),
]


@pytest.mark.parametrize(("answer", "helps"), WRONG)
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(answer, helps):
    found = homework.result(1, {"parameters_of": answer})
    assert not found.solved
    assert helps in str(found)


def by_lists(widths):
    """Weights and biases counted one by one."""
    total = 0
    for layer in range(1, len(widths)):
        weights = widths[layer - 1] * widths[layer]
        total = total + weights + widths[layer]
    return total


def by_building(widths):
    return sum(parameter.numel() for parameter in mlp(widths).parameters())


@pytest.mark.parametrize("answer", [by_lists, by_building])
def test_a_right_answer_written_differently_is_accepted(answer):
    found = homework.result(1, {"parameters_of": answer})
    assert found.solved, str(found)

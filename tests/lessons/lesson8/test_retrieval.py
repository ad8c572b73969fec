"""Ranks, recall and hubs, against counting by hand."""

import pytest
import torch
from academy.lessons.lesson8.retrieval import median_rank, ranks, recall, times_found

SIMILARITIES = torch.tensor(
    [
        [0.9, 0.1, 0.5],  # the right one is first
        [0.8, 0.2, 0.7],  # third
        [0.9, 0.3, 0.6],  # second
    ]
)


def test_ranks_are_those_counted_by_hand():
    assert ranks(SIMILARITIES).tolist() == [1, 3, 2]
    assert median_rank(SIMILARITIES) == 2
    assert recall(SIMILARITIES, 1) == pytest.approx(1 / 3)
    assert recall(SIMILARITIES, 2) == pytest.approx(2 / 3)


def test_of_equal_answers_the_right_one_counts_as_the_last():
    assert ranks(torch.zeros(4, 4)).tolist() == [4, 4, 4, 4]


def test_the_first_answer_is_a_hub():
    assert times_found(SIMILARITIES, 1).tolist() == [3, 0, 0]
    assert times_found(SIMILARITIES, 2).tolist() == [3, 0, 3]

"""Task 3: pairs of networks with a fault each, and one built unlike ours."""

import pytest
from academy.lessons.lesson1.homework import homework
from academy.nets.mlp import mlp

WRONG = [
    (
        lambda names: {"first_net": names["first_net"], "second_net": names["first_net"]},
        "Both have layers [2, 8, 1]",
    ),
    (
        lambda names: {"first_net": "0.84", "second_net": names["deep_net"]},
        "`first_net` is of type str, not a network",
    ),
    (
        lambda names: {"first_net": names["first_net"], "second_net": mlp([2, 4, 1]).double()},
        "float()` changes",
    ),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_wrong_networks_are_caught_each_with_a_sentence_that_helps(names, answers, helps):
    found = homework.result(3, answers(names))
    assert not found.solved
    assert helps in str(found)


def test_right_networks_built_differently_are_accepted(names, trained_by_hand):
    found = homework.result(3, {"first_net": trained_by_hand, "second_net": names["deep_net"]})
    assert found.solved, str(found)

"""Task 5: crowds and verdicts with a fault each, and a crowd unlike ours."""

import pytest
import torch
from academy.learn.ensembles import train_together
from academy.lessons.lesson1.homework import homework
from academy.lessons.lesson1.homework.one_thing_at_a_time import unlike_the_base, varied
from academy.nets.mlp import mlp
from torch import nn


def test_wrong_crowds_are_caught_each_with_a_sentence_that_helps(names):
    crowds, verdicts = names["crowds"], names["verdicts"]
    relu_layers = [mlp([2, 4, 4, 1]) for _ in range(8)]
    shorter = [mlp([2, 8, 8, 1], nn.Tanh) for _ in range(8)]
    train_together(shorter, names["train_points"], names["train_labels"], 100, 0.01)
    wrong = [
        (crowds | {"rate": crowds["base"]}, verdicts, "`crowds['rate']` is the base itself"),
        (crowds | {"rate": crowds["activation"]}, verdicts, "another activation than the base"),
        (crowds | {"activation": crowds["rate"]}, verdicts, "bends like the base"),
        (crowds | {"activation": crowds["layers"]}, verdicts, "change the activation alone"),
        (crowds | {"layers": relu_layers}, verdicts, "has ReLU, the base Tanh"),
        (crowds | {"base": crowds["activation"]}, verdicts, "does not bend like tanh"),
        (crowds | {"base": crowds["layers"]}, verdicts, "has layers [2, 4, 4, 1], not [2, 8, 1]"),
        (crowds | {"layers": crowds["rate"]}, verdicts, "has the layers of the base, [2, 8, 1]"),
        (crowds | {"base": crowds["base"][:1] * 8}, verdicts, "one seed before the crowd"),
        (crowds | {"base": crowds["base"][:7]}, verdicts, "no list of 8 networks or more"),
        (crowds, verdicts | {"rate": False}, "your verdict is False"),
        (crowds, verdicts | {"rate": "it counts"}, "is 'it counts', of type str"),
        (crowds, verdicts | {"layers": -0.3}, "is -0.3, of type float"),
        (crowds | {"layers": shorter}, verdicts, "was it trained, for 800 steps"),
        ({"base": crowds["base"]}, verdicts, "no 'layers' and no 'activation' and no 'rate'"),
        ([*crowds.values()], verdicts, "it is a dict with the keys"),
    ]
    for answer, verdict, helps in wrong:
        result = homework.result(5, names | {"crowds": answer, "verdicts": verdict})
        assert not result.solved, helps
        assert helps in str(result)


def test_a_base_of_plain_tensors_is_not_taken_for_another_activation(names, by_hand):
    crowd = [by_hand(8) for _ in range(8)]
    assert not list(unlike_the_base(crowd))
    assert not list(varied("layers", crowd, names["crowds"]["layers"]))


@pytest.mark.parametrize(("steps", "rate"), [(0, 0.03), (100, 0.03), (3000, 0.001)])
def test_a_crowd_untrained_or_with_other_steps_is_not_taken_for_one_at_another_rate(names, steps, rate):
    crowd = [mlp([2, 8, 1], nn.Tanh) for _ in range(8)]
    train_together(crowd, names["train_points"], names["train_labels"], steps, rate)
    crowds = names["crowds"] | {"rate": crowd}
    result = homework.result(5, names | {"crowds": crowds, "other_rate": rate})
    assert f"trained anew for 800 steps at rate {rate}, have" in str(result)


@pytest.mark.parametrize("rate", [0.01, "slow", -1])
def test_another_rate_is_a_number_other_than_that_of_the_base(names, rate):
    result = homework.result(5, names | {"other_rate": rate})
    assert "above 0 and other than 0.01" in str(result)


def test_verdicts_as_tensors_are_accepted(names):
    verdicts = {key: torch.tensor(value) for key, value in names["verdicts"].items()}
    result = homework.result(5, names | {"verdicts": verdicts})
    assert result.solved, str(result)

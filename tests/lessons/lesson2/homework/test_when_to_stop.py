"""Task 4: rules for stopping and curves with a fault each, and a rule unlike ours."""

import numpy as np
import pytest
import torch
from torch import nn


def level_curves(names):
    falling = [1.0 - 0.05 * epoch for epoch in range(10)]
    return {"curves": {"train_loss": falling, "check_loss": falling, "check_accuracy": falling}}


def hardly_turning_curves(names):
    kept = [*[1.0 - 0.05 * epoch for epoch in range(10)], 0.5500001]
    falling = [0.5 - 0.04 * epoch for epoch in range(11)]
    return {"curves": {"train_loss": falling, "check_loss": kept, "check_accuracy": falling}}


def first_rise(history):
    """Stops at the first rise: a loss may rise once and fall again."""
    losses = history["check_loss"]
    return next((epoch for epoch in range(1, len(losses)) if losses[epoch] > losses[epoch - 1]), len(losses))


def typed_in(names):
    """Curves that turn clearly, and that no training has written down."""
    losses = [1.0 - 0.1 * epoch for epoch in range(6)]
    kept = [1.1, 0.9, 0.8, 0.75, 0.72, 0.7, 0.71, 0.74, 0.8]
    curves = {"train_loss": [*losses, 0.3, 0.2, 0.1], "check_loss": kept, "check_accuracy": [0.8] * 9}
    return {"curves": curves}


def checked_on_training(names):
    """The pictures to train with, handed over as pictures to check with."""
    few, net = tuple(each[:300] for each in names["training"]), names["build"]([50], nn.ReLU)
    curves = names["fit"](net, torch.optim.Adam(net.parameters()), 8, few, few)
    return {"curves": curves, "overfitted": net}


def rising_by_one_percent(names):
    """From 0.567 to 0.572."""
    kept = [0.8, 0.7, 0.65, 0.6, 0.58, 0.57, 0.567, 0.572]
    curves = {"train_loss": [0.2] * 8, "check_loss": kept, "check_accuracy": [0.8] * 8}
    return {"curves": curves}


def best_by(function):
    return lambda names: {"best_epoch": function}


WRONG = [
    (best_by(lambda history: len(history["check_loss"])), "that is the last epoch"),
    (best_by(lambda history: int(np.argmin(history["check_loss"]))), "count from 1"),
    (best_by(lambda history: int(np.argmax(history["check_accuracy"])) + 1), "here the loss decides"),
    (best_by(lambda history: int(np.argmin(history["train_loss"])) + 1), "that is the last epoch"),
    (best_by(first_rise), "look at the whole list"),
    (level_curves, "and ends at 0.550"),
    (hardly_turning_curves, "turn clearly"),
    (rising_by_one_percent, "ends at 0.572, 0.9% above: it does not turn clearly, by 2% or more"),
    (typed_in, "the curves are of this net"),
    (checked_on_training, "pictures to check with are others than those it learns from"),
    (lambda names: {"overfitted": names["curves"]}, "is of type dict, not a network"),
    (best_by(lambda history: min(history["check_loss"])), "that is the loss"),
    (best_by(lambda history: (2, 0.9)), "of type tuple"),
    (lambda names: {"curves": {"train_loss": [1.0]}}, "no 'check_loss' and no 'check_accuracy'"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(4, answers)
    assert not found.solved
    assert helps in str(found)


def test_a_right_answer_written_differently_is_accepted(result):
    found = result(4, lambda names: {"best_epoch": lambda history: np.argsort(history["check_loss"])[0] + 1})
    assert found.solved, str(found)

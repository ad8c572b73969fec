"""Task 2: loops with a fault each, and right ones unlike ours."""

import pytest
import torch
from academy.data.plane import spirals
from academy.learn.ensembles import train_together
from academy.lessons.lesson1.homework import homework
from academy.nets.mlp import mlp
from torch.nn import functional as F

pytestmark = pytest.mark.slow

points, labels = spirals(640, generator=torch.Generator().manual_seed(3))
labels = labels.float()


def loop(model, points, labels, steps, learning_rate, *, skip=()):
    """A training loop from which lines can be left out."""
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(points).squeeze(1), labels)
        if "zero_grad" not in skip:
            optimizer.zero_grad()
        if "backward" not in skip:
            loss.backward()
        if "step" not in skip:
            optimizer.step()
    return None if "return" in skip else model


def without(*lines):
    return lambda *arguments: loop(*arguments, skip=lines)


def rate_ignored(model, points, labels, steps, learning_rate):
    return loop(model, points, labels, steps, 0.01)


def steps_ignored(model, points, labels, steps, learning_rate):
    return loop(model, points, labels, 400, learning_rate)


def mean_error_loss(model, points, labels, steps, learning_rate):
    """The mean of the logits' errors instead of their squares or cross-entropy: it has no minimum."""
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        (model(points).squeeze(1) - labels).mean().backward()
        optimizer.step()
    return model


def global_points(model, given_points, given_labels, steps, learning_rate):
    """The lesson's loop copied as it stands: it trains on the notebook's points, whatever it is given."""
    return loop(model, points, labels, steps, learning_rate)


def one_step_short(model, points, labels, steps, learning_rate):
    return loop(model, points, labels, max(steps - 1, 0), learning_rate)


def squared_probabilities(model, points, labels, steps, learning_rate):
    """The squared error of the probabilities, which falls as the cross-entropy does."""
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(model(points).squeeze(1).sigmoid(), labels).backward()
        optimizer.step()
    return model


def new_optimizer_each_step(model, points, labels, steps, learning_rate):
    for _ in range(steps):
        loop(model, points, labels, 1, learning_rate)
    return model


def first_half(model, points, labels, steps, learning_rate):
    return loop(model, points[:320], labels[:320], steps, learning_rate)


def every_second(model, points, labels, steps, learning_rate):
    return loop(model, points[::2], labels[::2], steps, learning_rate)


def all_but_the_last(model, points, labels, steps, learning_rate):
    return loop(model, points[:600], labels[:600], steps, learning_rate)


def no_loop(model, points, labels, steps, learning_rate):
    return loop(model, points, labels, min(steps, 1), learning_rate)


def another_network(model, *rest):
    return loop(mlp([2, 8, 1]), *rest)


def cleared_too_early(model, points, labels, steps, learning_rate):
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        F.binary_cross_entropy_with_logits(model(points).squeeze(1), labels).backward()
        optimizer.zero_grad()
        optimizer.step()
    return model


def shapes_beside_each_other(model, points, labels, steps, learning_rate):
    """Logits (count, 1) against labels (count,), the most common slip of all."""
    F.binary_cross_entropy_with_logits(model(points), labels).backward()


WRONG = [
    (global_points, "not `train_points`"),
    (one_step_short, "Asked for 1 step"),
    (squared_probabilities, "sure and wrong costs a lot"),
    (another_network, "you return another one"),
    (cleared_too_early, "belongs before `backward()`"),
    (without("zero_grad"), "`optimizer.zero_grad()`, once in each step"),
    (without("backward", "zero_grad"), "`loss.backward()` computes the slopes"),
    (without("step"), "`optimizer.step()`, and whose parameters"),
    (without("return"), "`return model`"),
    (rate_ignored, "give `learning_rate` to the optimizer"),
    (steps_ignored, "`for step in range(steps)`"),
    (mean_error_loss, "the cross-entropy of the logits"),
    (shapes_beside_each_other, "logits of shape (640, 1), and `labels` has the shape (640,)"),
    (new_optimizer_each_step, "make the optimizer once, before the loop"),
    (first_half, "320 of 640 points change nothing"),
    (every_second, "320 of 640 points change nothing"),
    (all_but_the_last, "32 of 640 points change nothing"),
    (no_loop, "with Adam it falls by 0.1 or more"),
]


@pytest.mark.parametrize(("answer", "helps"), WRONG)
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(answer, helps):
    found = homework.result(2, {"train": answer})
    assert not found.solved
    assert helps in str(found)


def test_gradients_that_pile_up_are_told_once_and_nothing_that_follows_from_it():
    findings = homework.result(2, {"train": without("zero_grad")}).findings
    (wrong,) = [finding for finding in findings if not finding.right]
    assert wrong.look.startswith("`optimizer.zero_grad()`")


def mini_batches(model, points, labels, steps, learning_rate):
    """Another optimizer, another loss, parts of the points, gradients cleared at the end."""
    optimizer = torch.optim.RMSprop(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        some = torch.randint(len(points), (200,))
        chance = torch.sigmoid(model(points[some])).reshape(-1)
        loss = -(labels[some] * chance.log() + (1 - labels[some]) * (1 - chance).log()).mean()
        loss.backward()
        optimizer.step()
        model.zero_grad()
    return model


def with_the_books_helper(model, points, labels, steps, learning_rate):
    train_together([model], points, labels, steps, learning_rate)
    return model


def adam_by_hand(model, points, labels, steps, learning_rate):
    """No optimizer object at all."""
    parameters = list(model.parameters())
    first, second = [torch.zeros_like(p) for p in parameters], [torch.zeros_like(p) for p in parameters]
    for step in range(1, steps + 1):
        loss = F.binary_cross_entropy_with_logits(model(points)[:, 0], labels)
        for index, slope in enumerate(torch.autograd.grad(loss, parameters)):
            first[index] = 0.9 * first[index] + 0.1 * slope
            second[index] = 0.999 * second[index] + 0.001 * slope**2
            mean, square = first[index] / (1 - 0.9**step), second[index] / (1 - 0.999**step)
            with torch.no_grad():
                parameters[index] -= learning_rate * mean / (square.sqrt() + 1e-8)
    return model


@pytest.mark.parametrize("answer", [mini_batches, with_the_books_helper, adam_by_hand])
def test_a_right_answer_written_differently_is_accepted(answer):
    found = homework.result(2, {"train": answer})
    assert found.solved, str(found)

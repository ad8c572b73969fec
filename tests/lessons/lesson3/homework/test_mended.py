"""Task 4: loops with a fault each, and right ones unlike ours."""

import copy

import pytest
import torch
from academy.learn.classification import evaluate, predict
from academy.learn.schedules import one_cycle
from torch import nn
from torch.nn import functional as F
from torch.optim.lr_scheduler import LambdaLR, LinearLR, OneCycleLR
from torch.utils.data import DataLoader, TensorDataset


def right_accuracy(net, inputs, labels):
    return evaluate(net, inputs, labels)[1]


def no_eval(net, inputs, labels):
    with torch.no_grad():
        return (net(inputs).argmax(dim=1) == labels).float().mean().item()


def eval_and_stay(net, inputs, labels):
    net.eval()
    return no_eval(net, inputs, labels)


def always_train_after(net, inputs, labels):
    found = eval_and_stay(net, inputs, labels)
    net.train()
    return found


@torch.no_grad()
def one_mode_for_all(net, inputs, labels):
    was_training = net.training
    logits = net.eval()(inputs)
    net.train(was_training)
    return (logits.argmax(dim=1) == labels).float().mean()


def with_slopes(net, inputs, labels):
    modes = [(part, part.training) for part in net.modules()]
    logits = net.eval()(inputs)
    for part, mode in modes:
        part.training = mode
    return (logits.argmax(dim=1) == labels).float().mean()


def mean_of_means(net, inputs, labels):
    parts = zip(inputs.split(100), labels.split(100))
    shares = [right_accuracy(net, *part) for part in parts]
    return sum(shares) / len(shares)


def on_a_copy_in_training_mode(net, inputs, labels):
    return no_eval(copy.deepcopy(net).train(), inputs, labels)


def exactly(count, batch_size):
    """How many steps an epoch has."""
    return count // batch_size


def rounded_up(count, batch_size):
    return -(-count // batch_size)


def training(
    measure=right_accuracy,
    train=True,
    keep=True,
    again=True,
    moving=None,
    step=True,
    promised=exactly,
    scheduled=True,
):
    """A loop, with a fault where one is wished for."""

    def fit(net, training, kept_back, epochs, rate=0.01, batch_size=100):
        inputs, labels = training
        optimizer, history = torch.optim.AdamW(net.parameters(), lr=rate), []
        steps = epochs * promised(len(inputs), batch_size)
        schedule = OneCycleLR(optimizer, rate, steps, cycle_momentum=False)
        length = len(inputs) // batch_size * batch_size
        first = torch.randperm(len(inputs))
        net.train()
        for _ in range(epochs):
            if train:
                net.train()
            order = torch.randperm(len(inputs)) if again else first
            for batch in (order[:length] if keep else order).split(batch_size):
                loss = F.cross_entropy(net(inputs[batch]), labels[batch])
                optimizer.zero_grad()
                loss.backward()
                if step:
                    optimizer.step()
                if step and scheduled:
                    schedule.step()
            if moving:
                moving(net, kept_back)
            history.append(measure(net, *kept_back))
        return history

    return fit


def passes_through(net, kept_back):
    with torch.no_grad():
        net.train()(kept_back[0])


def learns_too(net, kept_back):
    F.cross_entropy(net.train()(kept_back[0]), kept_back[1]).backward()


def learns_at_rest(net, kept_back):
    F.cross_entropy(net.eval()(kept_back[0]), kept_back[1]).backward()


def one_epoch_short(net, data, kept_back, epochs, batch_size):
    found = training()(net, data, kept_back, epochs - 1, batch_size=batch_size)
    return [*found, found[-1]]


ACCURACIES = [
    (lambda net, inputs, labels: None, "returns nothing"),
    (lambda net, inputs, labels: "87 %", "a number from 0 to 1"),
    (lambda net, inputs, labels: float("nan"), "`accuracy` gives nan"),
    (no_eval, "the test set, leaks into the network"),
    (on_a_copy_in_training_mode, "in evaluation mode"),
    (eval_and_stay, "put it back"),
    (always_train_after, "put it back"),
    (one_mode_for_all, "Note each part's own mode first"),
    (with_slopes, "under `torch.no_grad()`"),
    (mean_of_means, "count pictures"),
    (lambda *given: 100 * right_accuracy(*given), "that is a percentage"),
    (lambda *given: 1 - right_accuracy(*given), "whose largest logit"),
    (lambda net: 1.0, "TypeError"),
]


@pytest.mark.parametrize(
    ("wrong", "helps"), ACCURACIES, ids=[f"{n} {w[1]}" for n, w in enumerate(ACCURACIES)]
)
def test_a_wrong_measurement_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(4, accuracy=wrong, fit=training())
    assert not found.solved
    assert helps in str(found)


FITS = [
    (lambda net, training, kept_back, epochs, batch_size: None, "all weights are as before"),
    (training(step=False), "all weights are as before"),
    (training(keep=False), "which has no variance"),
    (training(measure=eval_and_stay, train=False), "In epoch 2 `fit` takes steps in evaluation mode"),
    (training(again=False), "the order of the first"),
    (training(moving=passes_through), "With other pictures kept back"),
    (training(moving=learns_too), "whole batches only"),
    (training(moving=learns_at_rest), "takes steps in evaluation mode"),
    (training(promised=rounded_up), "After the last step the rate is 0.00087, not nearly 0"),
    (training(scheduled=False), "is `schedule.step()` called after each?"),
    (one_epoch_short, "goes backward 8 times, not 12"),
    (training(measure=lambda *given: 0.5), "The last accuracy is 0.5000"),
    (training(measure=lambda *given: float("nan")), "The last accuracy is nan"),
    (lambda *given, **named: training()(*given, **named)[-1], "a list of 3 numbers"),
]


@pytest.mark.parametrize(("wrong", "helps"), FITS, ids=[f"{n} {w[1]}" for n, w in enumerate(FITS)])
def test_a_wrong_training_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(4, accuracy=right_accuracy, fit=wrong)
    assert not found.solved
    assert helps in str(found)


@torch.no_grad()
def on_a_copy(net, inputs, labels):
    return torch.as_tensor((copy.deepcopy(net).eval()(inputs).argmax(dim=1) == labels).double().mean())


@torch.inference_mode()
def part_by_part(net, inputs, labels):
    modes = {part: part.training for part in net.modules()}
    logits = net.eval()(inputs)
    for part, mode in modes.items():
        part.training = mode
    return (logits.argmax(dim=1) == labels).float().mean()


def counting(net, inputs, labels):
    right = (predict(net, inputs, batch_size=7).argmax(dim=1) == labels).sum()
    return right.item() / len(labels)


def loading(net, training, kept_back, epochs, rate=0.01, batch_size=100):
    data = TensorDataset(*training)
    optimizer, history = torch.optim.Adam(net.parameters(), lr=rate), []
    steps = epochs * (len(data) // batch_size)
    scheduler = LambdaLR(optimizer, lambda step: one_cycle(step / steps))
    for _ in range(epochs):
        for inputs, labels in DataLoader(data, batch_size, shuffle=True, drop_last=True):
            optimizer.zero_grad()
            nn.CrossEntropyLoss()(net.train()(inputs), labels).backward()
            optimizer.step()
            scheduler.step()
        history.append(counting(net, *kept_back))
    return torch.tensor(history)


def by_places(net, training, kept_back, epochs, rate=0.01, batch_size=100):
    inputs, labels = training
    optimizer = torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9)
    steps = epochs * (len(labels) // batch_size)
    scheduler = LinearLR(optimizer, 1.0, 0.0, total_iters=steps)
    found = []
    while len(found) < epochs:
        net.train()
        order = torch.randperm(len(labels))
        for start in range(0, len(labels) - batch_size + 1, batch_size):
            chosen = order[start : start + batch_size]
            loss = F.cross_entropy(net(inputs[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
        found += [on_a_copy(net, *kept_back)]
    return found


RIGHT = {
    "ours": (right_accuracy, training()),
    "a copy, places": (on_a_copy, by_places),
    "counts, a loader": (counting, loading),
    "part by part": (part_by_part, training(measure=part_by_part)),
    "slopes while it trains": (right_accuracy, training(measure=with_slopes)),
}


@pytest.mark.parametrize(("accuracy", "fit"), RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, accuracy, fit):
    found = checked(4, accuracy=accuracy, fit=fit)
    assert found.solved, str(found)

"""The loop with losses, models and batches that are not those of a classifier."""

import copy
import itertools
import math

import pytest
import torch
from academy.learn.batches import Epochs
from academy.learn.hooks import Evaluation, History, ProgressBar, every, stepping
from academy.learn.training import descend_clipped, train
from torch import nn
from torch.nn import functional as F


class TwoEncoders(nn.Module):
    """Two encoders and a temperature, as CLIP has them."""

    def __init__(self):
        super().__init__()
        self.one, self.other = nn.Linear(5, 4), nn.Linear(3, 4)
        self.temperature = nn.Parameter(torch.tensor(1.0))

    def forward(self, ones, others):
        rows = F.normalize(self.one(ones), dim=1) @ F.normalize(self.other(others), dim=1).T
        return rows * self.temperature.exp()


def in_batch_loss(model):
    def loss_of(batch):
        logits = model(*batch)
        own = torch.arange(len(logits))
        return (F.cross_entropy(logits, own) + F.cross_entropy(logits.T, own)) / 2

    return loss_of


@pytest.fixture
def pairs():
    generator = torch.Generator().manual_seed(0)
    hidden = torch.randn(48, 2, generator=generator)
    return hidden @ torch.randn(2, 5, generator=generator), hidden @ torch.randn(2, 3, generator=generator)


@pytest.fixture
def batches(pairs):
    return list(zip(*(part.split(16) for part in pairs)))


@pytest.fixture
def model():
    torch.manual_seed(0)
    return TwoEncoders()


def adam(model):
    return torch.optim.Adam(model.parameters(), lr=0.02)


def same(one, other):
    return all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values()))


def test_two_encoders_learn_as_in_a_loop_written_out(model, batches):
    twin, history = copy.deepcopy(model), History()
    train(model, in_batch_loss(model), adam(model), Epochs(batches), 60, after_step=[history])
    optimizer, loss_of, losses = adam(twin), in_batch_loss(twin), []
    for batch, _ in zip(itertools.cycle(batches), range(60)):
        loss = loss_of(batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert same(model, twin)
    assert history.losses.tolist() == losses
    assert losses[-1] < losses[0] / 1.5


def test_a_recurrent_net_learns_to_copy_what_came_before():
    torch.manual_seed(0)
    tokens = torch.randint(4, (32, 6))
    model = nn.ModuleDict({"words": nn.Embedding(4, 8), "lstm": nn.LSTM(8, 16, batch_first=True)})
    model["head"] = nn.Linear(16, 4)

    def loss_of(batch):
        hidden, _ = model["lstm"](model["words"](batch))
        return F.cross_entropy(model["head"](hidden[:, 1:]).flatten(0, 1), batch[:, :-1].flatten())

    history = History()
    update = descend_clipped(max_norm=1.0)
    train(model, loss_of, adam(model), itertools.repeat(tokens), 60, update=update, after_step=[history])
    assert history.losses[0] == pytest.approx(math.log(4), abs=0.1)
    assert history.losses[-1] < 0.5


def test_a_long_gradient_is_shortened_and_a_short_one_stays():
    for start, moved in [(100.0, 0.5), (0.1, 0.2)]:  # of x², whose gradient is 2x
        weight = nn.Parameter(torch.tensor([start]))
        optimizer = torch.optim.SGD([weight], lr=1.0)
        update = descend_clipped(max_norm=0.5)
        train(None, lambda x: (weight**2).sum(), optimizer, [None], 1, update=update)  # noqa: B023
        assert start - weight.item() == pytest.approx(moved, rel=1e-4)


def test_a_scaled_loss_takes_the_steps_of_one_that_is_not(model, batches):
    twin = copy.deepcopy(model)
    train(model, in_batch_loss(model), adam(model), Epochs(batches), 10)
    scaler = torch.amp.GradScaler("cpu", init_scale=1024.0)
    train(twin, in_batch_loss(twin), adam(twin), Epochs(batches), 10, update=descend_clipped(scaler=scaler))
    assert scaler.state_dict()["_growth_tracker"] == 10
    for one, other in zip(model.parameters(), twin.parameters()):
        torch.testing.assert_close(one, other)


def test_a_step_with_an_infinite_gradient_is_left_out_when_scaled(model, batches):
    before = copy.deepcopy(model)
    scaler = torch.amp.GradScaler("cpu", init_scale=1024.0)
    losses = in_batch_loss(model)
    update = descend_clipped(1.0, scaler)
    train(model, lambda batch: losses(batch) * math.inf, adam(model), batches, 1, update=update)
    assert same(model, before)
    assert scaler.get_scale() == 512


def test_batches_that_end_too_soon_are_named_with_both_numbers(model, batches):
    twin = copy.deepcopy(model)
    with pytest.raises(ValueError, match=r"ended after step 3 of 10.*`Epochs`"):
        train(model, in_batch_loss(model), adam(model), batches, 10)
    train(twin, in_batch_loss(twin), adam(twin), batches, 3)
    assert same(model, twin), "the steps until then are taken"


def test_no_batch_is_taken_that_no_step_uses(model, batches):
    left = iter(batches)
    train(model, in_batch_loss(model), adam(model), left, 2)
    assert len(list(left)) == 1


def test_hooks_come_in_order_and_now_and_then(model, batches):
    seen = []
    hooks = [
        lambda step, loss: seen.append(step),
        every(4, lambda step, loss: seen.append(f"at {step}"), last=10),
    ]
    train(model, in_batch_loss(model), adam(model), Epochs(batches), 10, start=2, after_step=hooks)
    assert seen == [3, 4, "at 4", 5, 6, 7, 8, "at 8", 9, 10, "at 10"]


def test_an_evaluation_sees_the_model_in_evaluation_mode_and_dropout_is_on_while_training(batches):
    model = nn.Sequential(nn.Linear(5, 3), nn.Dropout(0.5))
    modes = []
    model[1].register_forward_hook(
        lambda module, inputs, output: modes.append((module.training, output.requires_grad))
    )
    evaluation = Evaluation(model, lambda: {"mean": model(batches[0][0]).mean().item()})
    loss_of = lambda batch: model(batch[0]).square().mean()  # noqa: E731
    train(model, loss_of, adam(model), batches, 2, after_step=[evaluation])
    assert modes == [(True, True), (False, False)] * 2
    assert [row["step"] for row in evaluation.rows] == [1, 2]
    assert evaluation.rows[-1]["mean"] == pytest.approx(model.eval()(batches[0][0]).mean().item())


def test_the_losses_of_many_steps_are_all_kept_in_order():
    history = History()
    for step in range(2500):
        history(step, torch.tensor([step, -step]))
    assert history.losses[:, 0].tolist() == list(range(2500))
    assert history.losses.shape == (2500, 2)


def test_torch_s_schedulers_are_stepped(model, batches):
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
    train(model, in_batch_loss(model), optimizer, batches, 3, after_step=[stepping(scheduler)])
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.1)


def test_the_bar_is_for_those_who_watch(model, batches, monkeypatch, capsys):
    loss_of = in_batch_loss(model)
    train(model, loss_of, adam(model), batches, 3, after_step=[ProgressBar(3)])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("academy.learn.hooks.is_watched", lambda: True)
    train(model, loss_of, adam(model), batches, 3, after_step=[ProgressBar(3)])
    assert "3/3" in capsys.readouterr().err

"""The best weights are kept, come back, and survive a training that is taken up again."""

import math

import pytest
import torch
from academy.learn.best import Best
from academy.learn.checkpoints import Checkpoint
from academy.learn.hooks import Evaluation, every
from academy.learn.training import train
from torch import nn

MEASURED = {1: 0.3, 2: 0.8, 3: math.nan, 4: 0.8, 5: 0.5, 6: 0.1}
"""Accuracy after each step, made up."""


class Scripted:
    """A model with one weight that is the number of steps done, and an evaluation that reads from a list."""

    def __init__(self, measured, lowest=False, often=1):
        self.model = nn.Linear(1, 1, bias=False)
        self.set(0)
        self.measured = measured
        self.evaluation = Evaluation(self.model, lambda: {"score": measured[self.steps]})
        self.best = Best(self.evaluation, "score", lowest)
        self.hooks = [lambda step, loss: self.set(step), every(often, self.evaluation), self.best]

    @property
    def steps(self):
        return round(self.model.weight.item())

    def set(self, step):
        with torch.no_grad():
            self.model.weight.fill_(step)

    def train(self, steps, start=0, more=()):
        optimizer = torch.optim.SGD(self.model.parameters(), lr=0.0)
        hooks = [*self.hooks, *more]
        batches = [torch.ones(1, 1)] * steps
        train(
            self.model,
            lambda batch: self.model(batch).sum(),
            optimizer,
            batches,
            steps,
            start=start,
            after_step=hooks,
        )


@pytest.mark.parametrize(
    ("lowest", "often", "found"),
    [(False, 1, 2), (True, 1, 6), (False, 2, 2), (False, 5, 5)],
    ids=["highest, the first of two", "lowest", "where it was measured", "measured once"],
)
def test_the_weights_of_the_best_evaluation_come_back(lowest, often, found):
    run = Scripted(MEASURED, lowest, often)
    run.train(6)
    assert run.steps == 6
    assert run.best.restore() == {"step": found, "score": MEASURED[found]}
    assert run.steps == found


def test_the_averages_of_batch_normalization_come_back_with_the_weights():
    model = nn.Sequential(nn.BatchNorm1d(2), nn.Linear(2, 1))
    scores = iter([1.0, 0.0])
    evaluation = Evaluation(model, lambda: {"score": next(scores)})
    best = Best(evaluation, "score")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    seen = []
    keep = lambda step, loss: seen.append({k: v.clone() for k, v in model.state_dict().items()})  # noqa: E731
    torch.manual_seed(0)
    batches = torch.randn(2, 8, 2)
    train(
        model,
        lambda batch: model(batch).square().mean(),
        optimizer,
        batches,
        2,
        after_step=[evaluation, best, keep],
    )
    best.restore()
    for name, value in model.state_dict().items():
        assert torch.equal(value, seen[0][name])
    assert not torch.equal(seen[0]["0.running_mean"], seen[1]["0.running_mean"])


def test_without_an_evaluation_there_is_nothing_to_give_back():
    run = Scripted(MEASURED, often=10)
    run.train(6)
    with pytest.raises(ValueError, match=r"no number 'score' was measured"):
        run.best.restore()


def test_only_numbers_count():
    run = Scripted(dict.fromkeys(MEASURED, math.nan))
    run.train(6)
    with pytest.raises(ValueError, match="no weights are kept"):
        run.best.restore()


@pytest.mark.parametrize("stopped", [1, 2, 4])
def test_a_training_taken_up_again_knows_its_best_from_before(stopped, tmp_path):
    path = tmp_path / "run.safetensors"
    ends = []
    for steps in (stopped, 6):
        run = Scripted(MEASURED)
        checkpoint = Checkpoint(path, model=run.model, evaluation=run.evaluation, best=run.best)
        run.train(steps, start=checkpoint.resume(), more=[checkpoint])
        ends.append(run)
    assert ends[-1].best.restore() == {"step": 2, "score": 0.8}
    assert ends[-1].steps == 2

import pytest
import torch
from academy.data.plane import spirals
from academy.learn.ensembles import fresh_nets
from academy.lessons.lesson1.spiral_runs import train_on_spirals
from torch import nn


def test_a_run_measures_each_net_on_its_own_points():
    seeds = [3, 8]
    runs = train_on_spirals(fresh_nets([2, 6, 1], nn.Tanh, seeds), seeds, steps=60, learning_rate=0.02)
    for index, seed in enumerate(seeds):
        points, labels = spirals(800, generator=torch.Generator().manual_seed(seed))
        right = (runs.nets[index](points).squeeze(1) > 0) == (labels == 1)
        assert runs.train_accuracy[index].item() == pytest.approx(right[:640].double().mean().item())
        assert runs.validation_accuracy[index].item() == pytest.approx(right[640:].double().mean().item())
        fresh, fresh_labels = spirals(200_000, generator=torch.Generator().manual_seed(99))
        share = ((runs.nets[index](fresh).squeeze(1) > 0) == (fresh_labels == 1)).double().mean().item()
        assert runs.true_accuracy[index].item() == pytest.approx(share, abs=0.005)


def test_fresh_nets_depend_on_their_seed_alone_and_leave_the_random_numbers_be():
    torch.manual_seed(0)
    expected = torch.rand(1)
    torch.manual_seed(0)
    first = fresh_nets([2, 3, 1], nn.ReLU, [1, 2])
    assert torch.equal(torch.rand(1), expected)
    again = fresh_nets([2, 3, 1], nn.ReLU, [2])
    assert torch.equal(first[1][0].weight, again[0][0].weight)
    assert not torch.equal(first[0][0].weight, first[1][0].weight)

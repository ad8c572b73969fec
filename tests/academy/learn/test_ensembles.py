import copy

import pytest
import torch
from academy.learn.batches import shuffled_batches
from academy.learn.ensembles import Ensemble, accuracies, fresh_nets, train_classifiers, train_together
from academy.learn.optimizers import Adam
from academy.learn.schedules import cosine
from academy.nets.mlp import mlp
from torch.nn import functional as F


def trained_alone(net, points, labels, steps, learning_rate):
    optimizer = torch.optim.Adam(net.parameters(), lr=learning_rate)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(net(points).squeeze(-1), labels.to(points.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@pytest.mark.parametrize("own_points", [False, True])
def test_each_net_ends_where_it_ends_alone(own_points):
    torch.manual_seed(0)
    nets = [mlp([2, 5, 4, 1], torch.nn.Tanh).double() for _ in range(3)]
    alone = copy.deepcopy(nets)
    points = torch.randn(3, 30, 2, dtype=torch.float64) if own_points else torch.randn(30, 2).double()
    labels = torch.randint(2, (3, 30)) if own_points else torch.randint(2, (30,))
    losses = train_together(nets, points, labels, steps=40, learning_rate=0.02)
    assert losses.shape == (40, 3)
    for index, (together, single) in enumerate(zip(nets, alone)):
        own = (points[index], labels[index]) if own_points else (points, labels)
        expected = trained_alone(single, *own, steps=40, learning_rate=0.02)
        assert losses[:, index].tolist() == pytest.approx(expected, rel=1e-5)
        for one, other in zip(together.parameters(), single.parameters()):
            torch.testing.assert_close(one, other, atol=1e-8, rtol=1e-6)


def batches_of(seed):
    return shuffled_batches(40, 10, torch.Generator().manual_seed(seed))


def test_classifiers_side_by_side_take_the_steps_they_take_alone():
    torch.manual_seed(0)
    nets = [mlp([5, 6, 3]).double() for _ in range(3)]
    alone = copy.deepcopy(nets)
    images = torch.randn(40, 5, dtype=torch.float64)
    labels = images[:, :3].argmax(dim=1)
    ensemble = Ensemble(nets)
    rates = torch.tensor([0.001, 0.01, 0.1], dtype=torch.float64)
    optimizer = Adam(ensemble.parameters.values(), rates)
    own = [batches_of(seed) for seed in range(3)]
    losses = torch.cat(
        [train_classifiers(ensemble, optimizer, images, labels, own, 15, cosine) for _ in "ab"]
    )
    ensemble.hand_back()
    for index, net in enumerate(alone):
        adam = torch.optim.Adam(net.parameters(), lr=1.0)
        batches, expected = batches_of(index), []
        for step in range(30):
            adam.param_groups[0]["lr"] = rates[index].item() * cosine(step % 15 / 15)
            chosen = next(batches)
            loss = F.cross_entropy(net(images[chosen]), labels[chosen])
            adam.zero_grad()
            loss.backward()
            adam.step()
            expected.append(loss.item())
        assert losses[:, index].tolist() == pytest.approx(expected, rel=1e-5)
        for one, other in zip(nets[index].parameters(), net.parameters()):
            torch.testing.assert_close(one, other, atol=1e-8, rtol=1e-6)


def test_accuracies_are_those_of_each_net():
    torch.manual_seed(0)
    nets = [mlp([5, 6, 3]) for _ in range(4)]
    images, labels = torch.randn(1200, 5), torch.randint(3, (1200,))
    expected = [(net(images).argmax(dim=1) == labels).float().mean().item() for net in nets]
    assert accuracies(Ensemble(nets), images, labels).tolist() == pytest.approx(expected)


def test_the_weights_of_a_seed_are_not_drawn_from_the_numbers_of_its_points():
    (net,) = fresh_nets([2, 3, 1], torch.nn.ReLU, [5])
    torch.manual_seed(5)
    assert not torch.equal(net[0].weight, mlp([2, 3, 1])[0].weight)

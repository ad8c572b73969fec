import copy

import pytest
import torch
from academy.learn.ensembles import Ensemble
from academy.learn.optimizers import SGD, Adam, Momentum
from academy.nets.mlp import mlp
from torch.nn import functional as F

PAIRS = {
    "sgd": (SGD, torch.optim.SGD, {}),
    "momentum": (Momentum, torch.optim.SGD, {"momentum": 0.9}),
    "adam": (Adam, torch.optim.Adam, {}),
}


def walk(net, optimizer, steps=50):
    """Train on a new batch in each step, so that no gradient is like the last."""
    generator = torch.Generator().manual_seed(3)
    for _ in range(steps):
        inputs = torch.randn(16, 4, dtype=torch.float64, generator=generator)
        loss = F.cross_entropy(net(inputs), inputs[:, :3].argmax(dim=1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return torch.cat([parameter.detach().flatten() for parameter in net.parameters()])


@pytest.mark.parametrize("name", PAIRS)
def test_fifty_steps_are_those_of_torch(name):
    ours, theirs, settings = PAIRS[name]
    torch.manual_seed(0)
    net = mlp([4, 6, 3], torch.nn.Tanh).double()
    start = torch.cat([parameter.detach().flatten() for parameter in net.parameters()])
    twin = copy.deepcopy(net)
    one = walk(net, ours(net.parameters(), 0.02))
    other = walk(twin, theirs(twin.parameters(), lr=0.02, **settings))
    assert (one - start).abs().max() > 0.05
    torch.testing.assert_close(one, other, atol=1e-10, rtol=0)


@pytest.mark.parametrize("name", PAIRS)
def test_each_net_of_a_stack_has_its_own_learning_rate(name):
    ours, theirs, settings = PAIRS[name]
    torch.manual_seed(0)
    nets = [mlp([4, 6, 3], torch.nn.Tanh).double() for _ in range(2)]
    inputs = torch.randn(16, 4, dtype=torch.float64)
    labels = torch.randint(3, (16,))
    ensemble = Ensemble(nets)
    rates = [0.01, 0.1]
    together = ours(ensemble.parameters.values(), torch.tensor(rates, dtype=torch.float64))
    alone = [theirs(net.parameters(), lr=rate, **settings) for net, rate in zip(nets, rates)]
    for _ in range(20):
        together.zero_grad()
        sum(F.cross_entropy(logits, labels) for logits in ensemble(inputs)).backward()
        together.step()
        for net, optimizer in zip(nets, alone):
            optimizer.zero_grad()
            F.cross_entropy(net(inputs), labels).backward()
            optimizer.step()
    for index, net in enumerate(nets):
        for name, parameter in net.named_parameters():
            torch.testing.assert_close(ensemble.parameters[name][index], parameter, atol=1e-10, rtol=0)


def test_a_parameter_without_a_gradient_stays():
    weight = torch.ones(2, requires_grad=True)
    SGD([weight], 0.1).step()
    assert weight.tolist() == [1, 1]


def test_what_is_not_told_is_what_the_papers_and_torch_say():
    weight = torch.ones(1, requires_grad=True)
    adam = torch.optim.Adam([weight]).defaults
    ours = Adam([weight], 0.1)
    assert (ours.betas, ours.epsilon) == (adam["betas"], adam["eps"])
    assert Momentum([weight], 0.1).momentum == 0.9

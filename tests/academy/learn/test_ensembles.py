import copy

import pytest
import torch
from academy.learn import train_together
from academy.nets import mlp
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

import torch
from academy.nets.deepened import deepened
from academy.nets.mlp import mlp


def test_training_a_deepened_net_leaves_the_one_it_grew_from_as_it_was():
    net = mlp([2, 4, 1])
    points = torch.randn(20, 2)
    before = net(points).detach()
    deeper = deepened(net, 2)
    torch.testing.assert_close(deeper(points), before)
    with torch.no_grad():
        for parameter in deeper.parameters():
            parameter.add_(1)
    assert torch.equal(net(points), before)

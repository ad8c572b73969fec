"""Weight decay from scratch, against PyTorch's, step by step."""

import copy

import pytest
import torch
from academy.lessons.lesson4.weight_decay import AdamL2, AdamW
from academy.nets.mlp import mlp
from torch.nn import functional as F

PAIRS = {"L2": (AdamL2, torch.optim.Adam), "decoupled": (AdamW, torch.optim.AdamW)}


def take_step(net, optimizer, inputs):
    optimizer.zero_grad()
    F.cross_entropy(net(inputs), inputs[:, :3].argmax(dim=1)).backward()
    optimizer.step()


@pytest.mark.parametrize("name", PAIRS)
def test_each_of_fifty_steps_is_that_of_torch(name):
    ours, theirs = PAIRS[name]
    torch.manual_seed(0)
    net = mlp([4, 6, 3]).double()
    twin, plain = copy.deepcopy(net), copy.deepcopy(net)
    optimizer = ours(net.parameters(), 0.02, decay=0.1)
    other = theirs(twin.parameters(), lr=0.02, weight_decay=0.1)
    without = torch.optim.Adam(plain.parameters(), lr=0.02)
    for _ in range(50):
        inputs = torch.randn(16, 4, dtype=torch.float64)
        take_step(net, optimizer, inputs)
        take_step(twin, other, inputs)
        take_step(plain, without, inputs)
        for own, expected in zip(net.parameters(), twin.parameters()):
            torch.testing.assert_close(own, expected, atol=1e-10, rtol=0)
    assert (net[0].weight - plain[0].weight).abs().max() > 0.01


def test_without_gradient_decoupled_decay_takes_one_share_of_each_weight():
    weight = torch.tensor([4.0, -0.01], requires_grad=True)
    optimizer = AdamW([weight], 0.1, decay=0.5)
    weight.grad = torch.zeros(2)
    optimizer.step()
    torch.testing.assert_close(weight.detach(), torch.tensor([4.0, -0.01]) * 0.95)


def test_adam_makes_of_a_penalty_steps_of_the_same_length_for_large_and_small_weights():
    weight = torch.tensor([4.0, -0.5], requires_grad=True)
    optimizer = AdamL2([weight], 0.1, decay=0.5)
    weight.grad = torch.zeros(2)
    optimizer.step()
    torch.testing.assert_close(weight.detach(), torch.tensor([3.9, -0.4]))

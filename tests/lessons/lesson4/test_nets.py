"""The small nets and the deep ones: shapes, depths, costs, and what reaches their layers."""

import pytest
import torch
from academy.lessons.lesson4.counting import multiply_adds, parameters
from academy.lessons.lesson4.deep_nets import gradient_norms, residual_net, without_shortcuts
from academy.lessons.lesson4.published import Style
from academy.lessons.lesson4.small_nets import SMALL_NETS, small_resnet, small_vgg
from torch import nn
from torch.nn import functional as F


@pytest.mark.parametrize("name", SMALL_NETS)
def test_each_small_net_gives_ten_logits_and_costs_less_than_three_million_multiply_adds(name):
    net, images = SMALL_NETS[name](), torch.rand(2, 1, 28, 28)
    assert net(images).shape == (2, 10)
    assert 0.3e6 < multiply_adds(net, images[:1]) < 3e6


def test_the_cost_of_the_small_vgg_as_counted_by_hand():
    convolutions = 28**2 * (1 + 8) * 8 + 14**2 * (8 + 16) * 16 + 7**2 * (16 + 32) * 32
    assert multiply_adds(small_vgg(), torch.rand(1, 1, 28, 28)) == 9 * convolutions + 288 * 10


@pytest.mark.parametrize("change", ["deep_stem", "zero_last_norm", "pooled_shortcut"])
def test_each_change_of_xresnet_changes_that_alone(change):
    plain, changed = small_resnet(), small_resnet(Style(**{change: True}))
    more_in_the_stem = 9 * (8 + 8 * 8 + 8 * 16) + 2 * 16 - 49 * 16
    assert parameters(changed) - parameters(plain) == (more_in_the_stem if change == "deep_stem" else 0)
    zeros = sum(
        isinstance(layer, nn.BatchNorm2d) and not layer.weight.any().item() for layer in changed.modules()
    )
    assert zeros == (3 if change == "zero_last_norm" else 0)
    means = sum(isinstance(layer, nn.AvgPool2d) for layer in changed.modules())
    assert means == (2 if change == "pooled_shortcut" else 0)


@pytest.mark.parametrize("layers", [8, 20, 56])
def test_a_deep_net_has_as_many_layers_as_it_says_with_and_without_shortcuts(layers):
    for net in (residual_net(layers), without_shortcuts(residual_net(layers))):
        weighing = [own for own in net.modules() if isinstance(own, nn.Conv2d | nn.Linear)]
        assert sum(getattr(own, "kernel_size", None) != (1, 1) for own in weighing) == layers
        assert net(torch.rand(2, 1, 14, 14)).shape == (2, 10)


def test_other_depths_are_refused():
    for layers in (2, 7, 18):
        with pytest.raises(ValueError, match=f"a net of {layers} layers"):
            residual_net(layers)


def test_without_shortcuts_the_layers_are_the_same_and_one_follows_the_other():
    torch.manual_seed(0)
    net, images = residual_net(8), torch.rand(3, 1, 14, 14)
    expected = net[0](images)
    for block in net[1:4]:
        expected = block.change(expected).relu()
    torch.testing.assert_close(without_shortcuts(net)(images), net[4:](expected))


def test_gradient_norms_are_those_that_backward_leaves():
    torch.manual_seed(0)
    net, images, labels = residual_net(8), torch.rand(4, 1, 14, 14), torch.arange(4)
    norms = gradient_norms(net, images, labels)
    assert all(parameter.grad is None for parameter in net.parameters())
    F.cross_entropy(net(images), labels).backward()
    assert norms.shape == (7,)
    torch.testing.assert_close(norms[0], net[0][0].weight.grad.norm())
    torch.testing.assert_close(norms[-1], net[3].change[3].weight.grad.norm())

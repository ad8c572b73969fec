"""What nets cost, against counts by hand and those of PyTorch."""

import pytest
import torch
from academy.lessons.lesson4.blocks import separable
from academy.lessons.lesson4.counting import layer_costs, multiply_adds, parameters
from academy.lessons.lesson4.published import VGG11, alexnet, googlenet, resnet18, resnet50, vgg
from academy.nets.lenet import lenet
from torch.utils.flop_counter import FlopCounterMode


def test_lenet_layer_by_layer_as_counted_by_hand():
    costs = layer_costs(lenet(), torch.rand(1, 1, 28, 28))
    weighing = [cost for cost in costs if cost.parameters]
    assert [cost.multiply_adds for cost in weighing] == [
        28 * 28 * 6 * 25,
        10 * 10 * 16 * 6 * 25,
        400 * 120,
        120 * 84,
        84 * 10,
    ]
    assert [cost.parameters for cost in weighing] == [156, 2_416, 48_120, 10_164, 850]
    assert weighing[1].shape == (1, 16, 10, 10)
    assert [cost.kind for cost in costs[:4]] == ["Conv2d", "ReLU", "MaxPool2d", "Conv2d"]


def test_a_separable_convolution_costs_its_depth_and_its_points():
    images = torch.rand(1, 32, 14, 14)
    assert multiply_adds(separable(32, 64), images) == 14 * 14 * 32 * 9 + 14 * 14 * 32 * 64


@pytest.mark.parametrize(
    "build",
    [lenet, alexnet, lambda: vgg(VGG11), googlenet, resnet18, resnet50],
    ids=["lenet", "alexnet", "vgg11", "googlenet", "resnet18", "resnet50"],
)
def test_multiply_adds_are_half_of_the_operations_that_pytorch_counts(build):
    with torch.device("meta"):
        net, shape = build().eval(), (1, 28, 28) if build is lenet else (3, 224, 224)
        images = torch.empty(2, *shape)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        net(images)
    assert 2 * multiply_adds(net, images) == counter.get_total_flops()


def test_parameters_are_those_that_the_layers_have():
    net = lenet()
    assert parameters(net) == 61_706
    assert parameters(net) == sum(cost.parameters for cost in layer_costs(net, torch.rand(1, 1, 28, 28)))


def test_counting_leaves_no_hook_behind():
    net = lenet()
    with pytest.raises(RuntimeError):
        layer_costs(net, torch.rand(1, 3, 28, 28))
    layer_costs(net, torch.rand(1, 1, 28, 28))
    assert not any(layer._forward_hooks for layer in net.modules())

import pytest
import torch
from academy.nets.classifiers import CLASSIFIERS
from academy.nets.lenet import lenet
from academy.nets.residual import Residual, residual_net
from safetensors.torch import save
from torch.nn import functional as F


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_each_gives_ten_logits_an_image(name):
    assert CLASSIFIERS[name]()(torch.rand(3, 1, 28, 28)).shape == (3, 10)


@pytest.mark.parametrize(("name", "count"), [("linear", 7_850), ("mlp", 397_510), ("lenet", 61_706)])
def test_the_number_of_parameters_is_that_of_the_formula(name, count):
    assert sum(parameter.numel() for parameter in CLASSIFIERS[name]().parameters()) == count


def test_a_residual_block_whose_convolutions_give_nothing_changes_nothing():
    block = Residual(4).eval()
    torch.nn.init.zeros_(block.change[-1][0].weight)
    images = torch.rand(2, 4, 7, 7)
    torch.testing.assert_close(block(images), images)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_weights_are_small_enough_to_be_kept_with_the_book(name):
    assert len(save(CLASSIFIERS[name]().state_dict())) <= 2_000_000


def test_lenet_computes_what_its_layers_compute_written_out():
    torch.manual_seed(0)
    net = lenet()
    first, second, third, fourth, fifth = (layer for layer in net if hasattr(layer, "weight"))
    images = torch.rand(2, 1, 28, 28)
    x = F.max_pool2d(F.conv2d(images, first.weight, first.bias, padding=2).relu(), 2)
    x = F.max_pool2d(F.conv2d(x, second.weight, second.bias).relu(), 2).flatten(1)
    x = (x @ third.weight.T + third.bias).relu()
    x = (x @ fourth.weight.T + fourth.bias).relu()
    torch.testing.assert_close(net(images), x @ fifth.weight.T + fifth.bias)


def normalized(images, weight):
    """A convolution, then each channel with mean 0 and variance 1 over the batch, then ReLU."""
    x = F.conv2d(images, weight, padding=1)
    mean, variance = x.mean(dim=(0, 2, 3), keepdim=True), x.var(dim=(0, 2, 3), keepdim=True, correction=0)
    return ((x - mean) / (variance + 1e-5).sqrt()).relu()


def test_the_residual_net_computes_what_its_layers_compute_written_out():
    torch.manual_seed(0)
    net = residual_net()
    weights = [each for each in net.parameters() if each.dim() == 4]
    images = torch.rand(4, 1, 28, 28)
    x = F.max_pool2d(normalized(images, weights[0]), 2)
    x = normalized(x, weights[1])
    x = F.max_pool2d(x + normalized(normalized(x, weights[2]), weights[3]), 2)
    x = normalized(x, weights[4])
    x = (x + normalized(normalized(x, weights[5]), weights[6])).amax(dim=(2, 3))
    torch.testing.assert_close(net(images), x @ net[-1].weight.T + net[-1].bias, atol=1e-4, rtol=1e-4)

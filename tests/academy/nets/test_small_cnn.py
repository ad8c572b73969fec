import pytest
import torch
from academy.nets.small_cnn import small_cnn
from torch.nn import functional as F


@pytest.mark.parametrize(("norm", "count"), [(False, 24_202), (True, 24_426)])
def test_the_number_of_parameters_is_the_one_it_says(norm, count):
    assert sum(parameter.numel() for parameter in small_cnn(norm).parameters()) == count


def test_it_gives_ten_logits_an_image():
    assert small_cnn()(torch.rand(3, 1, 28, 28)).shape == (3, 10)


def test_it_computes_what_its_layers_compute_written_out():
    torch.manual_seed(0)
    net, images = small_cnn(norm=False), torch.randn(4, 1, 28, 28)
    first, second, third, last = (layer for layer in net if hasattr(layer, "weight"))
    x = F.conv2d(images, first.weight, first.bias, stride=2, padding=2).relu()
    x = F.max_pool2d(F.conv2d(x, second.weight, second.bias, padding=1).relu(), 2)
    x = F.conv2d(x, third.weight, third.bias, padding=1).relu().mean(dim=(2, 3))
    torch.testing.assert_close(net(images), x @ last.weight.T + last.bias)


def test_dropout_changes_answers_in_training_alone():
    torch.manual_seed(0)
    net, images = small_cnn(norm=False, dropout=0.5), torch.rand(2, 1, 28, 28)
    assert not torch.equal(net(images), net(images))
    net.eval()
    assert torch.equal(net(images), net(images))


def test_normalization_gives_each_channel_mean_0_and_variance_1():
    torch.manual_seed(0)
    outputs = small_cnn()[:2](torch.rand(50, 1, 28, 28))
    torch.testing.assert_close(outputs.mean(dim=(0, 2, 3)), torch.zeros(16), atol=1e-5, rtol=0)
    torch.testing.assert_close(outputs.var(dim=(0, 2, 3), correction=0), torch.ones(16), atol=0.02, rtol=0)

"""The published nets, against those of torchvision and timm: sizes, and answers with copied weights."""

import pytest
import timm
import torch
import torchvision
from academy.lessons.lesson4.blocks import Inception, Residual, basic, shortcut, vgg_block
from academy.lessons.lesson4.counting import parameters
from academy.lessons.lesson4.published import (
    VGG11,
    VGG16,
    XRESNET,
    Style,
    alexnet,
    googlenet,
    resnet18,
    resnet50,
    vgg,
)
from torch import nn

models = torchvision.models


def with_fives(net):
    """Give torchvision's Inception blocks the 5×5 convolutions of the paper; it has 3×3 in their place."""
    for block in net.modules():
        if isinstance(block, type(net.inception3a)):
            old = block.branch3[1].conv
            block.branch3[1].conv = nn.Conv2d(old.in_channels, old.out_channels, 5, padding=2, bias=False)
    return net


def torchvision_googlenet():
    return with_fives(models.googlenet(aux_logits=False, init_weights=False))


PAIRS = {
    "alexnet": (alexnet, models.alexnet),
    "vgg11": (lambda: vgg(VGG11), models.vgg11),
    "vgg16": (lambda: vgg(VGG16), models.vgg16),
    "googlenet": (googlenet, torchvision_googlenet),
    "resnet18": (resnet18, models.resnet18),
    "resnet50": (resnet50, models.resnet50),
    "xresnet18": (lambda: resnet18(XRESNET), lambda: timm.create_model("resnet18d")),
    "xresnet50": (lambda: resnet50(XRESNET), lambda: timm.create_model("resnet50d")),
}


def pair_of(name):
    return (build() for build in PAIRS[name])


@pytest.mark.parametrize("name", PAIRS)
def test_all_tensors_have_the_shapes_of_the_published_net(name):
    with torch.device("meta"):
        ours, theirs = pair_of(name)
    assert parameters(ours) == parameters(theirs)
    assert [own.shape for own in ours.parameters()] == [other.shape for other in theirs.parameters()]


@pytest.mark.parametrize("name", ["resnet18", "xresnet18"])
def test_answers_are_those_of_the_published_net_with_the_same_weights(name):
    torch.manual_seed(0)
    ours, theirs = pair_of(name)
    ours.load_state_dict(dict(zip(ours.state_dict(), theirs.state_dict().values())))
    photos = torch.rand(2, 3, 64, 64)
    with torch.no_grad():
        for layers in (ours, theirs):
            layers.train()
        torch.testing.assert_close(ours(photos), theirs(photos), atol=1e-4, rtol=1e-3)


@pytest.mark.parametrize("name", ["alexnet", "vgg11"])
def test_features_are_those_of_the_published_net_with_the_same_weights(name):
    with torch.device("meta"):
        ours, theirs = pair_of(name)
    layers = list(ours.children())
    features = nn.Sequential(
        *layers[: next(i for i, own in enumerate(layers) if isinstance(own, nn.Flatten))]
    )
    torch.manual_seed(0)
    weights = {
        key: torch.randn(own.shape) * own[0].numel() ** -0.5
        for key, own in theirs.features.state_dict().items()
    }
    theirs.features.load_state_dict(weights, assign=True)
    features.load_state_dict(dict(zip(features.state_dict(), weights.values())), assign=True)
    photos = torch.rand(1, 3, 64, 64)
    torch.testing.assert_close(features(photos), theirs.features(photos), atol=1e-4, rtol=1e-3)


def test_an_inception_block_gives_what_torchvisions_gives():
    torch.manual_seed(0)
    ours = Inception(192, 64, (96, 128), (16, 32), 32)
    theirs = torchvision_googlenet().inception3a
    for layer in theirs.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.eps = 1e-5
    ours.load_state_dict(dict(zip(ours.state_dict(), theirs.state_dict().values())))
    images = torch.randn(2, 192, 7, 7)
    torch.testing.assert_close(ours(images), theirs(images), atol=1e-4, rtol=1e-3)


def test_a_block_whose_last_normalization_begins_at_zero_begins_as_its_shortcut():
    images = torch.randn(2, 64, 8, 8)
    for zero, passes in ((True, True), (False, False)):
        first = next(own for own in resnet18(Style(zero_last_norm=zero)) if isinstance(own, Residual))
        assert torch.equal(first(images), images.relu()) == passes


def test_a_pooled_shortcut_reads_every_pixel_and_one_of_stride_two_a_quarter():
    for pooled, read in ((True, 64), (False, 16)):
        images = torch.zeros(1, 3, 8, 8, requires_grad=True)
        shortcut(3, 5, 2, pooled).eval()(images).sum().backward()
        assert (images.grad.abs().sum(dim=1) > 0).sum() == read


def test_blocks_keep_or_halve_height_and_width():
    images = torch.rand(2, 4, 8, 8)
    assert vgg_block(4, 6, 2)(images).shape == (2, 6, 4, 4)
    assert Residual(basic(4, 6, 2), shortcut(4, 6, 2))(images).shape == (2, 6, 4, 4)
    assert Residual(basic(4, 4), shortcut(4, 4))(images).shape == (2, 4, 8, 8)

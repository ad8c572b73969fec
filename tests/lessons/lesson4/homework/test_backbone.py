"""Task 1: networks that give no features yet, and right ones from elsewhere."""

import pytest
import timm
import torch
import torchvision
from academy.nets.pretrained import image_backbone
from torch import nn


def backbone(make):
    """Answers to Task 1, made from a freshly loaded network."""
    return lambda names: {"backbone": make(names["trained_network"]())}


def at_rest(network):
    return network.eval().requires_grad_(False)


def headless(network):
    network.reset_classifier(0)
    return network


def only_its_children_at_rest(network):
    at_rest(headless(network)).blocks.train()
    return network


def frozen_in_part(network):
    at_rest(headless(network)).conv_head.requires_grad_(True)
    return network


def with_new_layer(network):
    at_rest(network).classifier = nn.Linear(1280, 128)
    return network.eval()


class Maps(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, pictures):
        return self.network.forward_features(pictures)


class Numpy(Maps):
    def forward(self, pictures):
        return self.network(pictures).numpy()


class OneRow(Maps):
    def forward(self, pictures):
        return self.network(pictures).flatten()


class Blind(Maps):
    def forward(self, pictures):
        return 0 * self.network(pictures) + 1


WRONG = [
    (
        backbone(lambda network: headless(network).eval()),
        "Parameters of `backbone` that can still be trained: ",
    ),
    (backbone(lambda network: headless(network).requires_grad_(False)), "`backbone` is in training mode"),
    (backbone(at_rest), "the logits of ImageNet's 1,000 classes"),
    (backbone(only_its_children_at_rest), "the first blocks"),
    (backbone(frozen_in_part), "can still be trained: 1, the first conv_head.weight"),
    (backbone(with_new_layer), "a layer made afterwards is not frozen"),
    (backbone(lambda network: at_rest(network).reset_classifier(0)), "returns nothing"),
    (backbone(lambda network: at_rest(Maps(network))), "maps, which still have places"),
    (
        backbone(lambda network: at_rest(Numpy(headless(network)))),
        "`backbone` returns a ndarray, not a tensor",
    ),
    (backbone(lambda network: at_rest(OneRow(headless(network)))), "a row of features each: (2, features)"),
    (backbone(lambda network: at_rest(Blind(headless(network)))), "become the same features"),
    (backbone(type), "but the class EfficientNet"),
    (backbone(lambda network: headless(network).forward), "`backbone` is no network, but method"),
    (lambda names: {"backbone": image_backbone(96)}, "which prepares pictures itself"),
    (
        lambda names: {"backbone": at_rest(timm.create_model("resnet18", num_classes=0))},
        "these are weights of chance",
    ),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(1, answers)
    assert not found.solved
    assert helps in str(found)


def pooled_by_hand(network):
    children = [*network.children()][:-2]
    return at_rest(nn.Sequential(*children, nn.AdaptiveAvgPool2d(1), nn.Flatten()))


def with_identity(network):
    network.classifier = nn.Identity()
    return at_rest(network)


def frozen_one_by_one(network):
    for parameter in headless(network).parameters():
        parameter.requires_grad = False
    return network.train(False)


def seasoned(network):
    """Let batch normalization see noise, as if a training had been."""
    torch.manual_seed(0)
    with torch.no_grad():
        network.train()(torch.randn(8, 3, 64, 64))
    return at_rest(network)


def resnet_of_torchvision():
    network = torchvision.models.resnet18()
    network.fc = nn.Identity()
    return seasoned(network)


RIGHT = {
    "maps pooled by hand": backbone(pooled_by_hand),
    "an identity in the head's place": backbone(with_identity),
    "frozen one by one": backbone(frozen_one_by_one),
    "torchvision's": lambda names: {"backbone": resnet_of_torchvision()},
    "without batch normalization": lambda names: {
        "backbone": at_rest(timm.create_model("vit_tiny_patch16_224", num_classes=0))
    },
    "another of timm": lambda names: {
        "backbone": seasoned(timm.create_model("mobilenetv3_small_050", num_classes=0))
    },
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers):
    found = result(1, answers)
    assert found.solved, str(found)

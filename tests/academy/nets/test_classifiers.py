import pytest
import torch
from academy.nets.classifiers import CLASSIFIERS
from academy.nets.residual import Residual
from safetensors.torch import save


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

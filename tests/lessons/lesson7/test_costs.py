"""What attention costs: formulas against PyTorch's own layers, memory against tensors counted by hand."""

import pytest
import torch
from academy.lessons.lesson7.costs import (
    attention_parameters,
    decoder_layer_parameters,
    encoder_layer_parameters,
    kept_for_gradient,
    transformer_parameters,
)
from academy.nets.attention import MultiHeadAttention
from academy.nets.transformer import Transformer
from torch import nn


def parameters(module):
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize("heads", [1, 2, 4])
def test_attention_has_as_many_parameters_as_pytorchs_whatever_its_heads(heads):
    assert attention_parameters(12) == parameters(nn.MultiheadAttention(12, heads)) == 624


def test_layers_have_as_many_parameters_as_pytorchs():
    assert encoder_layer_parameters(12, 20) == parameters(nn.TransformerEncoderLayer(12, 2, 20))
    assert decoder_layer_parameters(12, 20) == parameters(nn.TransformerDecoderLayer(12, 2, 20))


@pytest.mark.parametrize("layers", [1, 3])
def test_the_whole_has_as_many_as_the_formula_says(layers):
    model = Transformer(9, 7, width=8, heads=2, hidden=12, layers=layers)
    assert transformer_parameters(9, 7, 8, 12, layers) == parameters(model)


def test_memory_kept_for_a_gradient_is_counted_once_a_tensor():
    first, second = torch.ones(10, requires_grad=True), torch.ones(10, requires_grad=True)
    assert kept_for_gradient(lambda: first * second) == 2 * 10 * 4
    assert kept_for_gradient(lambda: first * first) == 10 * 4
    assert kept_for_gradient(lambda: first + second) == 0


def test_attention_keeps_four_times_as_much_for_twice_the_length():
    torch.manual_seed(0)
    attention = MultiHeadAttention(8, 2)

    def kept(length):
        inputs = torch.randn(1, length, 8)
        return kept_for_gradient(lambda: attention(inputs, inputs)[0])

    assert kept(512) / kept(256) == pytest.approx(4, rel=0.15)

"""Attention from scratch, against PyTorch's in values and gradients."""

import pytest
import torch
from academy.lessons.lesson7.library import take_attention
from academy.nets.attention import MultiHeadAttention, attend, causal, kept_weights
from torch import nn
from torch.nn import functional as F

EXACT = {"rtol": 0.0, "atol": 1e-10}


def drawn(*shape):
    return torch.randn(shape, dtype=torch.float64, requires_grad=True)


def masks():
    torch.manual_seed(1)
    padding = torch.rand(2, 1, 1, 7) > 0.4
    padding[..., 0] = True
    nobody = torch.rand(5, 7) > 0.5
    nobody[2] = False
    return {"all": None, "padding": padding, "causal": torch.ones(5, 7).tril().bool(), "nobody": nobody}


@pytest.mark.parametrize("name", masks())
def test_values_and_gradients_are_those_of_pytorch(name):
    torch.manual_seed(0)
    inputs = drawn(2, 3, 5, 4), drawn(2, 3, 7, 4), drawn(2, 3, 7, 6)
    ours, weights = attend(*inputs, masks()[name])
    theirs = F.scaled_dot_product_attention(*inputs, attn_mask=masks()[name])
    torch.testing.assert_close(ours, theirs, **EXACT)
    told = torch.randn_like(ours)
    for own, other in zip(torch.autograd.grad(ours, inputs, told), torch.autograd.grad(theirs, inputs, told)):
        torch.testing.assert_close(own, other, **EXACT)
    assert (weights >= 0).all()


def test_three_keys_by_hand():
    keys = torch.tensor([[2.0, 0.0], [0.0, 2.0], [-2.0, 0.0]])
    query = torch.tensor([[2**0.5, 0.0]])  # scores 2, 0 and −2
    told, weights = attend(query, keys, torch.tensor([[10.0], [20.0], [30.0]]))
    torch.testing.assert_close(weights, torch.tensor([[0.8668, 0.1173, 0.0159]]), rtol=0, atol=1e-4)
    torch.testing.assert_close(told, torch.tensor([[11.491]]), rtol=0, atol=1e-3)


def test_weights_sum_to_one_and_are_zero_where_nothing_may_be_asked():
    torch.manual_seed(0)
    _, weights = attend(drawn(5, 4), drawn(5, 4), drawn(5, 4), causal(5))
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(5, dtype=torch.float64))
    assert (weights.triu(1) == 0).all()


@pytest.mark.parametrize("heads", [1, 4])
@pytest.mark.parametrize("masked", [False, True])
def test_many_heads_are_those_of_pytorch(heads, masked):
    torch.manual_seed(0)
    theirs = nn.MultiheadAttention(8, heads, batch_first=True).double()
    nn.init.normal_(theirs.in_proj_bias)
    ours = MultiHeadAttention(8, heads).double()
    take_attention(ours, theirs)
    asking, telling = drawn(3, 5, 8), drawn(3, 7, 8)
    padding = torch.zeros(3, 7, dtype=torch.bool)
    padding[0, 4:] = masked
    own, own_weights = ours(asking, telling, ~padding[:, None, None, :])
    other, other_weights = theirs(
        asking, telling, telling, key_padding_mask=padding, average_attn_weights=False
    )
    torch.testing.assert_close(own, other, **EXACT)
    torch.testing.assert_close(own_weights, other_weights, **EXACT)
    for result in (own, other):
        result.square().sum().backward()
    torch.testing.assert_close(ours.keys.weight.grad, theirs.in_proj_weight.grad[8:16], **EXACT)
    torch.testing.assert_close(ours.output.weight.grad, theirs.out_proj.weight.grad, **EXACT)


def test_heads_that_cannot_share_evenly_are_refused_with_widths_that_can():
    with pytest.raises(ValueError, match=r"10 numbers .* 4 heads: choose a width of 8 or 12"):
        MultiHeadAttention(10, 4)


def test_weights_of_every_attention_in_a_model_are_kept_while_asked_for():
    torch.manual_seed(0)
    model = nn.ModuleDict({"first": MultiHeadAttention(4, 2), "second": MultiHeadAttention(4, 1)})
    vectors = torch.randn(1, 3, 4)
    with kept_weights(model) as kept:
        expected = {name: attention(vectors, vectors)[1] for name, attention in model.items()}
    assert kept.keys() == expected.keys()
    assert all(torch.equal(kept[name], expected[name]) for name in kept)
    before = kept["first"]
    model["first"](vectors + 1, vectors)
    assert kept["first"] is before

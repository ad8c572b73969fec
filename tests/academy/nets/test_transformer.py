"""Layers from scratch, against PyTorch's; and the whole, which must not see what it has yet to write."""

import pytest
import torch
from academy.lessons.lesson7.library import take_decoder_layer, take_encoder_layer
from academy.nets.attention import causal
from academy.nets.transformer import DecoderLayer, EncoderLayer, Transformer, write
from torch import nn

EXACT = {"rtol": 0.0, "atol": 1e-10}
WIDTH, HEADS, HIDDEN = 8, 2, 12


def drawn(*shape):
    return torch.randn(shape, dtype=torch.float64, requires_grad=True)


def theirs_of(kind, norm_first):
    layer = kind(WIDTH, HEADS, HIDDEN, dropout=0.0, batch_first=True, norm_first=norm_first).double()
    for name, parameter in layer.named_parameters():
        if "norm" in name or "bias" in name:
            nn.init.normal_(parameter)  # else a swap of two norms would not be seen
    return layer


def assert_same(own, other, inputs):
    torch.testing.assert_close(own, other, **EXACT)
    told = torch.randn_like(own)
    for one, two in zip(torch.autograd.grad(own, inputs, told), torch.autograd.grad(other, inputs, told)):
        torch.testing.assert_close(one, two, **EXACT)


@pytest.mark.parametrize("norm_first", [True, False])
def test_encoder_layers_are_those_of_pytorch(norm_first):
    torch.manual_seed(0)
    theirs = theirs_of(nn.TransformerEncoderLayer, norm_first)
    ours = EncoderLayer(WIDTH, HEADS, HIDDEN, norm_first).double()
    take_encoder_layer(ours, theirs)
    vectors = drawn(3, 5, WIDTH)
    padding = torch.zeros(3, 5, dtype=torch.bool)
    padding[1, 3:] = True
    assert_same(
        ours(vectors, ~padding[:, None, None, :]), theirs(vectors, src_key_padding_mask=padding), [vectors]
    )
    assert_same(ours(vectors, causal(5)), theirs(vectors, src_mask=~causal(5)), [vectors])


@pytest.mark.parametrize("norm_first", [True, False])
def test_decoder_layers_are_those_of_pytorch(norm_first):
    torch.manual_seed(0)
    theirs = theirs_of(nn.TransformerDecoderLayer, norm_first)
    ours = DecoderLayer(WIDTH, HEADS, HIDDEN, norm_first).double()
    take_decoder_layer(ours, theirs)
    vectors, encoded = drawn(3, 5, WIDTH), drawn(3, 7, WIDTH)
    padding = torch.zeros(3, 7, dtype=torch.bool)
    padding[1, 4:] = True
    own = ours(vectors, encoded, ~padding[:, None, None, :])
    other = theirs(vectors, encoded, tgt_mask=~causal(5), memory_key_padding_mask=padding)
    assert_same(own, other, [vectors, encoded])


@pytest.fixture
def model():
    torch.manual_seed(0)
    return Transformer(9, 7, WIDTH, HEADS, HIDDEN, layers=2).double()


def test_what_is_written_later_changes_nothing_before(model):
    read = torch.randint(1, 9, (2, 6))
    written = torch.randint(7, (2, 5))
    changed = written.clone()
    changed[:, 3:] = (changed[:, 3:] + 1) % 7
    torch.testing.assert_close(model(read, written)[:, :3], model(read, changed)[:, :3], **EXACT)
    assert not torch.allclose(model(read, written)[:, 3:], model(read, changed)[:, 3:])


def test_padding_changes_nothing_and_order_does(model):
    read, written = torch.tensor([[3, 1, 4, 2]]), torch.tensor([[1, 2, 3]])
    padded = torch.tensor([[3, 1, 4, 2, 0, 0, 0]])
    torch.testing.assert_close(model(read, written), model(padded, written), **EXACT)
    assert not torch.allclose(model(read, written), model(read[:, [1, 0, 2, 3]], written))


def test_writing_takes_the_likeliest_token_after_what_is_written(model):
    read = torch.randint(1, 9, (3, 6))
    found = write(model, read, start=0, length=4)
    so_far = torch.cat([torch.zeros(3, 1, dtype=torch.long), found], dim=1)
    assert torch.equal(model(read, so_far)[:, :-1].argmax(dim=-1), found)

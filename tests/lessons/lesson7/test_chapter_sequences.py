"""What Lesson 7 writes from scratch about sequences, against PyTorch and the package."""

import pytest
import torch
from academy.lessons.lesson7.library import take_attention, take_decoder_layer, take_encoder_layer
from academy.nets import positions, recurrent
from academy.nets.attention import MultiHeadAttention, attend, causal
from chapter_cells import definitions
from torch import nn
from torch.nn import functional as F

EXACT = {"rtol": 0.0, "atol": 1e-10}


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines."""
    return definitions("lesson7")


@pytest.fixture
def steps():
    torch.manual_seed(0)
    return torch.randn(9, 4, dtype=torch.float64)


def test_recurrent_nets_are_the_packages(chapter, steps):
    rnn, lstm = recurrent.RNN(4, 6).double(), recurrent.LSTM(4, 6).double()
    torch.testing.assert_close(
        chapter["run_rnn"](steps, rnn.from_input, rnn.from_state), rnn(steps[None])[0], **EXACT
    )
    torch.testing.assert_close(
        chapter["run_lstm"](steps, lstm.from_input, lstm.from_state), lstm(steps[None])[0][0], **EXACT
    )


@pytest.mark.parametrize("allowed", [None, causal(9)])
def test_attention_is_pytorchs_and_the_packages(chapter, steps, allowed):
    told, weights = chapter["attention"](steps, steps.flip(0), steps**2, allowed)
    torch.testing.assert_close((told, weights), attend(steps, steps.flip(0), steps**2, allowed), **EXACT)
    theirs = F.scaled_dot_product_attention(steps, steps.flip(0), steps**2, attn_mask=allowed)
    torch.testing.assert_close(told, theirs, **EXACT)


def test_many_heads_are_pytorchs_and_the_packages(chapter, steps):
    theirs = nn.MultiheadAttention(4, 2, batch_first=True).double()
    ours, packaged = chapter["MultiHead"](4, 2).double(), MultiHeadAttention(4, 2).double()
    for each in (ours, packaged):
        take_attention(each, theirs)
    told, weights = ours(steps[None], steps[None], causal(9))
    other, _ = theirs(steps[None], steps[None], steps[None], attn_mask=~causal(9))
    torch.testing.assert_close(told, other, **EXACT)
    torch.testing.assert_close((told, weights), packaged(steps[None], steps[None], causal(9)), **EXACT)


@pytest.mark.parametrize("allowed", [None, causal(9)])
def test_an_encoder_layer_is_pytorchs(chapter, steps, allowed):
    ours = chapter["Layer"](4, 2, 8).double()
    theirs = nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0, batch_first=True, norm_first=True).double()
    take_encoder_layer(ours, theirs)
    mask = None if allowed is None else ~allowed
    torch.testing.assert_close(ours(steps[None], allowed), theirs(steps[None], mask), **EXACT)


def test_a_decoder_layer_is_pytorchs(chapter, steps):
    ours = chapter["DecoderLayer"](4, 2, 8).double()
    theirs = nn.TransformerDecoderLayer(4, 2, 8, dropout=0.0, batch_first=True, norm_first=True).double()
    take_decoder_layer(ours, theirs)
    read = torch.randn(1, 5, 4, dtype=torch.float64)
    torch.testing.assert_close(
        ours(steps[None], read), theirs(steps[None], read, tgt_mask=~causal(9)), **EXACT
    )


def test_sinusoidal_positions_are_the_packages(chapter):
    torch.testing.assert_close(chapter["sinusoidal"](50, 8), positions.sinusoidal(50, 8), rtol=0, atol=1e-5)

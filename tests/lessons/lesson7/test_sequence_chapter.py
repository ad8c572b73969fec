"""What Lesson 7 writes from scratch about sequences, against PyTorch and the package."""

import pytest
import torch
from academy.lessons.lesson7.library import take_attention
from academy.nets import recurrent
from academy.nets.attention import MultiHeadAttention, attend, causal
from academy.nets.transformer import EncoderLayer
from chapter_cells import definitions
from torch import nn
from torch.nn import functional as F

EXACT = {"rtol": 0.0, "atol": 1e-10}


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines."""
    return definitions("section-seq")


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


def test_a_layer_is_the_packages(chapter, steps):
    ours, packaged = chapter["Layer"](4, 2, 8).double(), EncoderLayer(4, 2, 8).double()
    ours.attention.load_state_dict(packaged.attention.state_dict())
    ours.feed_forward.load_state_dict(packaged.feed_forward.state_dict())
    for norm, residual in zip(ours.norms, (packaged.after_attention, packaged.after_feed_forward)):
        nn.init.normal_(residual.norm.weight)
        norm.load_state_dict(residual.norm.state_dict())
    torch.testing.assert_close(ours(steps[None], causal(9)), packaged(steps[None], causal(9)), **EXACT)

"""The weights of PyTorch's own recurrent nets, attention and layers, put into ours."""

import torch
from torch import nn

from academy.nets.attention import MultiHeadAttention
from academy.nets.recurrent import LSTM, RNN
from academy.nets.transformer import DecoderLayer, EncoderLayer, Residual


@torch.no_grad()
def take_recurrent(ours: RNN | LSTM, theirs: nn.RNN | nn.LSTM) -> None:
    """Copy the first layer of PyTorch's net into ours, of the same sizes."""
    for layer, name in ((ours.from_input, "ih"), (ours.from_state, "hh")):
        layer.weight.copy_(getattr(theirs, f"weight_{name}_l0"))
        layer.bias.copy_(getattr(theirs, f"bias_{name}_l0"))


@torch.no_grad()
def take_attention(ours: MultiHeadAttention, theirs: nn.MultiheadAttention) -> None:
    """Copy PyTorch's attention into ours; it keeps three of its projections in one matrix."""
    weights, biases = theirs.in_proj_weight.chunk(3), theirs.in_proj_bias.chunk(3)
    for layer, weight, bias in zip((ours.queries, ours.keys, ours.values), weights, biases):
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    ours.output.load_state_dict(theirs.out_proj.state_dict())


def take_encoder_layer(ours: EncoderLayer, theirs: nn.TransformerEncoderLayer) -> None:
    """Copy PyTorch's layer into ours, of the same sizes."""
    take_attention(ours.attention, theirs.self_attn)
    take_feed_forward(ours.feed_forward, theirs)
    take_norms([ours.after_attention, ours.after_feed_forward], theirs)


def take_decoder_layer(ours: DecoderLayer, theirs: nn.TransformerDecoderLayer) -> None:
    """Copy PyTorch's layer into ours, of the same sizes."""
    take_attention(ours.attention, theirs.self_attn)
    take_attention(ours.cross_attention, theirs.multihead_attn)
    take_feed_forward(ours.feed_forward, theirs)
    take_norms([ours.after_attention, ours.after_cross_attention, ours.after_feed_forward], theirs)


def take_feed_forward(ours: nn.Sequential, theirs: nn.Module) -> None:
    """Copy the two linear layers of each place."""
    ours[0].load_state_dict(theirs.get_submodule("linear1").state_dict())
    ours[2].load_state_dict(theirs.get_submodule("linear2").state_dict())


def take_norms(ours: list[Residual], theirs: nn.Module) -> None:
    """Copy the normalizations, which PyTorch numbers from 1."""
    for number, residual in enumerate(ours, start=1):
        residual.norm.load_state_dict(theirs.get_submodule(f"norm{number}").state_dict())

"""The weights of PyTorch's own recurrent nets, attention and layers, put into ours, and ours into its."""

from collections.abc import Iterable

import torch
from torch import nn

from academy.lessons.lesson7.gpt import GPT
from academy.nets.attention import MultiHeadAttention
from academy.nets.recurrent import LSTM, RNN
from academy.nets.transformer import DecoderLayer, EncoderLayer


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
    take_norms(ours.norms, theirs)


def take_decoder_layer(ours: DecoderLayer, theirs: nn.TransformerDecoderLayer) -> None:
    """Copy PyTorch's layer into ours, of the same sizes."""
    take_attention(ours.attention, theirs.self_attn)
    take_attention(ours.cross_attention, theirs.multihead_attn)
    take_feed_forward(ours.feed_forward, theirs)
    take_norms(ours.norms, theirs)


def take_feed_forward(ours: nn.Sequential, theirs: nn.Module) -> None:
    """Copy the two linear layers of each place."""
    ours[0].load_state_dict(theirs.get_submodule("linear1").state_dict())
    ours[2].load_state_dict(theirs.get_submodule("linear2").state_dict())


def take_norms(ours: Iterable[nn.Module], theirs: nn.Module) -> None:
    """Copy the normalizations, which PyTorch numbers from 1."""
    for number, norm in enumerate(ours, start=1):
        norm.load_state_dict(theirs.get_submodule(f"norm{number}").state_dict())


GPT_NAMES = {
    "attention.inputs.": "self_attn.in_proj_",
    "attention.output.": "self_attn.out_proj.",
    "net.0.": "linear1.",
    "net.2.": "linear2.",
    "attention_norm.": "norm1.",
    "net_norm.": "norm2.",
}
"""What parts of a layer of our GPT are called in PyTorch's layer of an encoder."""


def take_gpt(built: nn.Module, ours: GPT) -> None:
    """Copy our GPT into one whose ``layers`` are PyTorch's encoder, of the same sizes."""
    built.load_state_dict({name_in_pytorch(name): each for name, each in ours.state_dict().items()})


def name_in_pytorch(name: str) -> str:
    """Name a weight of our GPT as in one that is built of PyTorch's layers."""
    if not name.startswith("layers."):
        return name.replace("norm.", "layers.norm.")
    _, layer, part = name.split(".", 2)
    (beginning,) = (each for each in GPT_NAMES if part.startswith(each))
    return f"layers.layers.{layer}.{part.replace(beginning, GPT_NAMES[beginning])}"

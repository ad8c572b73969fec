"""A classifier of the real class, so small that it answers at once."""

import pytest
import torch
from academy.lessons.lesson7.sentiment import MeanBert, MeanBertConfig


@pytest.fixture
def small_classifier():
    torch.manual_seed(0)
    config = MeanBertConfig(
        vocab_size=200,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        attn_implementation="eager",
        initializer_range=0.5,
    )
    return MeanBert(config).eval()

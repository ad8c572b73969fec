"""What tests of Lesson 7 share: a classifier so small that it answers at once, and a stand-in for the hub."""

import pytest
import torch
from academy.lessons.lesson7.sentiment import MeanBert, MeanBertConfig
from stand_in_hub import point_to, serve_models


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


@pytest.fixture
def hub(server, tmp_path, monkeypatch):
    """A stand-in server that delivers tiny models as the hub does its large ones."""
    serve_models(server, tmp_path)
    point_to(server, tmp_path / "cache", monkeypatch)
    return server

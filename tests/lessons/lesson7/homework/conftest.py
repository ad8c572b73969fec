"""Homework 7: its checks on answers of a test's own, with a decoder so small that it answers at once."""

import pytest
import torch
from academy.lessons.lesson7.homework import homework
from academy.lessons.lesson7.homework.pretrained import ALONE, Models
from academy.lessons.lesson7.sentiment import sentiment_model
from academy.nets.minilm import minilm, tokenizer
from stand_in_hub import letters
from transformers import GPT2Config, GPT2LMHeadModel, pipeline


@pytest.fixture
def checked(models):
    """Checks answers to a task that needs nothing of others."""

    def result(task, **answers):
        torch.manual_seed(0)
        return homework.result(task, {"models": models} | answers)

    return result


@pytest.fixture(scope="session")
def models():
    """The packaged pipeline and encoder, and a decoder of letters drawn at random."""
    torch.manual_seed(0)
    size = {"n_embd": 16, "n_layer": 2, "n_head": 2, "n_positions": 256}
    decoder = GPT2LMHeadModel(GPT2Config(vocab_size=256, initializer_range=0.5, **size)).eval()
    decoder.generation_config.eos_token_id = None
    tokens = letters()
    tokens.padding_side, tokens.pad_token, tokens.chat_template = "left", tokens.eos_token, ALONE
    feel = pipeline("text-classification", sentiment_model(), tokenizer=tokenizer(), device="cpu")
    return Models(False, feel, decoder, tokens, minilm(), tokenizer())

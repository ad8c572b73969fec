"""The pretrained models of this homework: the packaged ones, or well-known ones from the Hugging Face hub."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from transformers import AutoModel, AutoModelForCausalLM, AutoTokenizer, pipeline

from academy.lessons.lesson7.sentiment import sentiment_model
from academy.nets.minilm import minilm, tokenizer
from academy.nets.smollm2 import smollm2

SENTIMENT = "distilbert/distilbert-base-uncased-finetuned-sst-2-english"
DECODER = "openai-community/gpt2"
ENCODER = "google-bert/bert-base-uncased"
"""The hub's names of the well-known ones."""
ALONE = "{{ messages[0]['content'] + '\n' }}"
"""The chat template of a decoder that has seen no talks: the request and a line end."""


@dataclass(frozen=True)
class Models:
    """A pipeline for sentiment, a decoder, an encoder, and what cuts the texts of the last two."""

    hub: bool
    feel: Any
    decoder: Any
    decoder_tokens: Any
    encoder: Any
    encoder_tokens: Any

    def __reduce__(self) -> tuple[Callable[[bool], "Models"], tuple[bool]]:
        """Pickle the call that gives them: their weights are had again, not copied."""
        return pretrained, (self.hub,)


@cache
def pretrained(hub: bool) -> Models:
    """Load the models, on the processor; everybody gets the same ones.

    Args:
        hub: Take DistilBERT, GPT-2 and BERT from the hub, 1.3 GB, in place of what is packaged.

    Raises:
        AssetUnavailable: If a packaged one cannot be had.
        OSError: If the hub does not have one, or does not answer.
    """
    if not hub:
        feel = pipeline("text-classification", sentiment_model(), tokenizer=tokenizer(), device="cpu")
        return Models(hub, feel, *smollm2(), minilm(), tokenizer())
    decoder_tokens = AutoTokenizer.from_pretrained(DECODER, padding_side="left")
    decoder_tokens.pad_token = decoder_tokens.eos_token
    decoder_tokens.chat_template = ALONE
    return Models(
        hub,
        pipeline("text-classification", SENTIMENT, device="cpu"),
        AutoModelForCausalLM.from_pretrained(DECODER).eval(),
        decoder_tokens,
        AutoModel.from_pretrained(ENCODER, attn_implementation="eager").eval(),
        AutoTokenizer.from_pretrained(ENCODER),
    )

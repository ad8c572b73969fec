"""MiniLM, a pretrained encoder, from the packaged files: texts to word pieces, to states, to attention."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import torch
from transformers import AutoModel, AutoTokenizer, logging

from academy.assets.cache import fetch

logging.set_verbosity_error()  # a head drawn at random is meant to be so
logging.disable_progress_bar()

LAYERS, HEADS, WIDTH = 6, 12, 384
"""Of MiniLM."""
LONGEST = 128
"""Word pieces that are read of a text; no rated sentence has more."""


@cache
def tokenizer() -> Any:
    """Load what cuts a text into MiniLM's word pieces.

    Raises:
        AssetUnavailable: If it cannot be had.
    """
    return AutoTokenizer.from_pretrained(fetch("minilm"), local_files_only=True)


@cache
def minilm() -> Any:
    """Load MiniLM, whose attention can be looked at, in evaluation mode; everybody gets the same one.

    Raises:
        AssetUnavailable: If it cannot be had.

    Source: W. Wang and others, *MiniLM*, 2020, arXiv:2002.10957; N. Reimers and I. Gurevych,
    *Sentence-BERT*, 2019, arXiv:1908.10084.
    """
    return on_minilm(AutoModel)


def on_minilm(kind: Any, **settings: Any) -> Any:
    """Build a model of transformers on MiniLM; what MiniLM lacks, such as a head, is drawn at random.

    Args:
        kind: A class of transformers, as ``BertForMaskedLM``.
        settings: For the configuration, as the names of labels.

    Returns:
        The model, in evaluation mode.

    Raises:
        AssetUnavailable: If MiniLM cannot be had.
    """
    return kind.from_pretrained(
        fetch("minilm"), local_files_only=True, attn_implementation="eager", **settings
    ).eval()


def pieces_of(text: str) -> list[str]:
    """Give the word pieces of a text, with the two marks around it."""
    pieces: list[str] = tokenizer().convert_ids_to_tokens(tokenizer()(text).input_ids)
    return pieces


def encoded(texts: Sequence[str]) -> Any:
    """Put texts into one batch: ``input_ids`` and ``attention_mask``, shape (count, longest), int64."""
    return tokenizer()(list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")


def by_length(texts: Sequence[str]) -> list[int]:
    """Order texts by their length in word pieces, so that neighbors need little padding."""
    lengths = [len(ids) for ids in tokenizer()(list(texts)).input_ids] if texts else []
    return sorted(range(len(texts)), key=lengths.__getitem__)


@torch.no_grad()
def features(texts: Sequence[str], batch_size: int = 64) -> torch.Tensor:
    """Give the mean of a text's last states, padding left out: what MiniLM was trained to make of it.

    Args:
        texts: As people write them.
        batch_size: Texts that the encoder reads at once, all about equally long.

    Returns:
        Shape (count, ``WIDTH``), float32.
    """
    found = torch.empty(len(texts), WIDTH)
    order = torch.tensor(by_length(texts), dtype=torch.int64)
    for chosen in order.split(batch_size):
        batch = encoded([texts[place] for place in chosen.tolist()])
        states = minilm()(**batch).last_hidden_state  # (batch, longest, width)
        real = batch.attention_mask[:, :, None]
        found[chosen] = (states * real).sum(dim=1) / real.sum(dim=1)
    return found


@torch.no_grad()
def attention(text: str) -> torch.Tensor:
    """Give how much each word piece of a text looks at each other.

    Returns:
        Shape (``LAYERS``, ``HEADS``, length, length), float32: the last axis is looked at, and sums to 1.
    """
    return torch.cat(minilm()(**encoded([text]), output_attentions=True).attentions)

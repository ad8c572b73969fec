"""SmolLM2, a small pretrained decoder that was tuned to follow instructions, from its packaged file."""

from contextlib import redirect_stderr
from functools import cache
from io import StringIO
from typing import Any, NamedTuple

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from academy.assets.cache import fetch

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


class Decoder(NamedTuple):
    """A decoder and what cuts its texts."""

    model: Any
    tokenizer: Any


@cache
def smollm2() -> Decoder:
    """Load SmolLM2; its weights, 4 bits each in the file, become float32.

    Raises:
        AssetUnavailable: If it cannot be had.

    Source: L. Ben Allal and others, *SmolLM2*, 2025, arXiv:2502.02737.
    """
    folder = fetch("smollm2")
    with redirect_stderr(StringIO()):  # a progress bar that nothing else turns off
        model = AutoModelForCausalLM.from_pretrained(
            folder, gguf_file=FILE, local_files_only=True, dtype=torch.float32
        )
    words = AutoTokenizer.from_pretrained(folder, gguf_file=FILE, local_files_only=True, padding_side="left")
    return Decoder(model.eval(), words)

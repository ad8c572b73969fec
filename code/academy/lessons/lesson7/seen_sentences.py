"""Sentences with the attention that they get, as a page takes them: read before the reader has a net."""

import base64
import json
from collections.abc import Sequence

import numpy as np

from academy.lessons.lesson7.first_layers import FirstLayers, first_attention
from academy.nets.minilm import pieces_of

STEPS = 10_000
"""Of a weight of 1."""
EXAMPLES = (
    "The keys to the old cabinet in the kitchen are missing.",
    "The trophy did not fit into the suitcase because it was too big.",
    "My sister said that she had lost her red umbrella on the train.",
    "It was not a good film, but a very good book.",
    "Time flies like an arrow; fruit flies like a banana.",
)
"""From which the page lets the reader choose; the first is shown at once."""


def sentence_seen(net: FirstLayers, text: str) -> str:
    """Write a sentence with its pieces and the weights of all heads, as JSON.

    Returns:
        The weights are whole steps of 1 / ``STEPS`` in base64: two bytes each, the smaller first.
    """
    steps = (first_attention(net, text) * STEPS).round().numpy().astype("<u2")
    weights = base64.b64encode(np.ascontiguousarray(steps).tobytes()).decode("ascii")
    return json.dumps({"text": text, "pieces": pieces_of(text), "weights": weights}, ensure_ascii=False)


def sentences_seen(net: FirstLayers, texts: Sequence[str]) -> list[str]:
    """Write several sentences, each as :func:`sentence_seen` does."""
    return [sentence_seen(net, text) for text in texts]

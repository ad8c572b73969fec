"""Counting and a GPT, judged on the same novels: bits a character, whatever their tokens are."""

import time
from collections.abc import Callable
from typing import NamedTuple

import torch

from academy.lessons.lesson7.characters import ALPHABET, encode
from academy.lessons.lesson7.gpt import GPT
from academy.lessons.lesson7.gpt_training import bits
from academy.lessons.lesson7.ngrams import KneserNey
from academy.lessons.lesson7.novels import MERGES, PARAGRAPH_END, austen_split, tokens_of

JUDGED = 60_000
"""Characters at the beginning of a held-out novel that are judged."""


class Cut(NamedTuple):
    """A way to cut a text into tokens."""

    encode: Callable[[str], torch.Tensor]
    """Gives the ids of a text, shape (tokens,), int64."""
    vocabulary: int

    @property
    def before(self) -> int:
        """The id that stands before each text."""
        return int(self.encode(PARAGRAPH_END))


CUTS = {"characters": Cut(encode, len(ALPHABET)), "byte pairs": Cut(tokens_of, 256 + MERGES)}


def counted(cut: str, order: int) -> tuple[KneserNey, float]:
    """Count the four novels.

    Args:
        cut: One of ``CUTS``.
        order: Tokens in the longest n-grams.

    Returns:
        The counts, and the processor's seconds for counting alone.
    """
    way = CUTS[cut]
    text = way.encode(austen_split().train)
    begin = time.process_time()
    return KneserNey(text, order, way.vocabulary, way.before), time.process_time() - begin


def bits_by_counts(counts: KneserNey, cut: str, text: str) -> float:
    """Give the mean surprise of counts about a text, in bits a character."""
    return -counts.probabilities(CUTS[cut].encode(text)).log2().sum().item() / len(text)


def bits_by_gpt(network: GPT, text: str) -> float:
    """Give the mean surprise of a GPT of byte pairs about a text, in bits a character."""
    way = CUTS["byte pairs"]
    return bits(network, way.encode(text), way.before).double().sum().item() / len(text)

"""All ways to tell positive from negative sentences, with one call."""

import time
from collections.abc import Callable
from typing import NamedTuple, get_args

import torch

from academy.data.sentences import Sentences
from academy.lessons.lesson6.baselines import best_bag, count_rule, majority
from academy.lessons.lesson6.sentiment_recipes import chosen_recipe
from academy.lessons.lesson6.sentiment_training import BEGINNINGS, Beginning, trained

Score = Callable[[Sentences], torch.Tensor]
"""Gives of sentences one number each, shape (count,), above 0 for a positive one."""
MAJORITY, WORD_LIST, BAG, PAIRS_TOO = "majority", "word list", "bag of words", "with pairs"
WITHOUT_CHANCE = (MAJORITY, WORD_LIST, BAG, PAIRS_TOO)
"""Methods that give the same each time."""
METHODS = (*WITHOUT_CHANCE, *BEGINNINGS)


class Classifier(NamedTuple):
    """What a method made of the training sentences."""

    score: Score
    parameters: int
    """Numbers that were fitted."""
    seconds: float
    """Time it took, the choice of settings for counted words included."""


def classifier(method: str, train: Sentences, validation: Sentences, seed: int = 0) -> Classifier:
    """Train by a method.

    Args:
        method: One of ``METHODS``.
        train: To train on.
        validation: To choose settings and steps on.
        seed: Of a network.
    """
    begin = time.perf_counter()
    make = {
        MAJORITY: lambda: always(majority(train.positive)),
        WORD_LIST: lambda: by_word_list(majority(train.positive)),
        BAG: lambda: by_counts(train, validation, longest=1),
        PAIRS_TOO: lambda: by_counts(train, validation, longest=2),
    }
    score, parameters = (
        make[method]() if method in make else by_network(beginning_of(method), train, validation, seed)
    )
    return Classifier(score, parameters, time.perf_counter() - begin)


def beginning_of(method: str) -> Beginning:
    """Read a method's name as that of a network's beginning."""
    found: dict[str, Beginning] = {name: name for name in get_args(Beginning)}
    if method not in found:
        raise ValueError(f"there is no method {method!r}; there are {', '.join(METHODS)}")
    return found[method]


def always(label: float) -> tuple[Score, int]:
    """Give the same answer to every sentence."""
    return lambda sentences: torch.full((len(sentences.texts),), label - 0.5), 1


def by_word_list(otherwise: float) -> tuple[Score, int]:
    """Count good and bad words; where they are as many, take another answer, 0 or 1."""

    def score(sentences: Sentences) -> torch.Tensor:
        counted = count_rule(sentences.words)
        return torch.where(counted == 0, otherwise - 0.5, counted)

    return score, 1


def by_counts(train: Sentences, validation: Sentences, longest: int) -> tuple[Score, int]:
    """Count words, and pairs of neighbors if ``longest`` is 2."""
    pipeline = best_bag(train, validation, longest).classifier
    coefficients = pipeline[-1].coef_.size + 1  # and the intercept
    return lambda sentences: torch.from_numpy(pipeline.decision_function(sentences.texts)), coefficients


def by_network(beginning: Beginning, train: Sentences, validation: Sentences, seed: int) -> tuple[Score, int]:
    """Train a classifier of mean vectors by its chosen recipe."""
    found = trained(chosen_recipe(beginning, seed=seed), train, validation)
    fitted = sum(each.numel() for each in found.network.parameters() if each.requires_grad)
    return lambda sentences: found.logits(sentences.words), fitted

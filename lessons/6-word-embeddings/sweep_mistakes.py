"""Means that count padding, and a vocabulary that knows words to come; about three minutes of one core."""

from dataclasses import asdict

import torch
from academy.data.sentences import VALIDATION, Vocabulary, frequent_words, sentence_split
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson6.padding_mistakes import PaddingIsZero, PaddingLearns
from academy.lessons.lesson6.sentiment import MeanClassifier
from academy.lessons.lesson6.sentiment_recipes import chosen_recipe
from academy.lessons.lesson6.sentiment_training import accuracy_of, trained

SEEDS = [0, 1, 2]
LARGE = 500
"""Sentences of the larger batch."""
KINDS = {"padding learns": PaddingLearns, "padding is zero": PaddingIsZero}
LEAK = "words to come"
MISTAKES = ("none", *KINDS, LEAK)


def run(mistake: str, seed: int) -> Row:
    """Train with a mistake; compare validation sentences alone with the same ones in a large batch.

    Args:
        mistake: One of ``MISTAKES``.
        seed: Of the training.
    """
    split = sentence_split()
    words = split.validation.words
    known = split.train.words + (words if mistake == LEAK else [])
    found = trained(
        chosen_recipe("nothing", seed=seed),
        split.train,
        split.validation,
        kind=KINDS.get(mistake, MeanClassifier),
        vocabulary=Vocabulary(frequent_words(known)),
    )
    together, alone = (found.logits(words, batch_size) for batch_size in (LARGE, 1))
    change = (torch.sigmoid(together) - torch.sigmoid(alone)).abs()
    return {
        "together": round(accuracy_of(together, split.validation.positive), 4),
        "alone": round(accuracy_of(alone, split.validation.positive), 4),
        "change": round(change.mean().item(), 4),
        "largest": round(change.max().item(), 4),
        "turned": round(((together > 0) != (alone > 0)).double().mean().item(), 4),
    }


def main(workers: Workers) -> None:
    """Make all mistakes from all seeds."""
    settings = {
        "seeds": SEEDS,
        "recipe": asdict(chosen_recipe("nothing")),
        "batches": {"together": LARGE, "alone": 1},
        "sentences": {"validation": VALIDATION},
        "change": "mean over sentences of how far the probability moves",
        "turned": "share of sentences that get another answer",
    }
    rows = [{"mistake": mistake, "seed": seed} for seed in SEEDS for mistake in MISTAKES]
    sweep = Sweep(rows, run, "lessons/lesson6/sentiment_mistakes", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

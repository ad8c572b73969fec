"""How the sentiment classifiers are trained: from three beginnings, otherwise the same."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import torch
from torch.nn import functional as F

from academy.data.sentences import Sentences, Vocabulary, frequent_words
from academy.data.text import batch
from academy.data.word_vectors import word_vectors
from academy.learn.batches import shuffled_batches
from academy.learn.best import Best
from academy.learn.hooks import Evaluation, every
from academy.learn.training import train
from academy.lessons.lesson6.sentiment import MeanClassifier
from academy.lessons.lesson6.word_lookup import looked_up, rows_of
from academy.nets.modes import evaluating

Beginning = Literal["nothing", "frozen", "fine-tuned"]
BEGINNINGS: tuple[Beginning, ...] = ("nothing", "frozen", "fine-tuned")
DIMENSIONS = 300
"""As many as the pretrained vectors have."""
LOOKS = 20
"""How often a training looks at the validation sentences."""
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(frozen=True)
class Recipe:
    """All that decides a training."""

    beginning: Beginning = "nothing"
    """The vectors: drawn at random and trained; pretrained and left so; pretrained and trained on."""
    rate: float = 1e-2
    """Of AdamW."""
    dropout: float = 0.5
    scale: float = 0.1
    """Size of the numbers in the vectors at the beginning, as their root mean square."""
    steps: int = 400
    batch_size: int = 100
    seed: int = 0


def vocabulary_for(beginning: Beginning, sentences: Sequence[Sequence[str]]) -> Vocabulary:
    """Make a vocabulary: the words that training has twice, and with pretrained vectors all that have one."""
    pretrained = [] if beginning == "nothing" else list(rows_of(word_vectors().words))
    return Vocabulary([*frequent_words(sentences), *pretrained])


def first_vectors(recipe: Recipe, vocabulary: Vocabulary) -> torch.Tensor:
    """Give the vectors that a training begins with, shape (vocabulary, ``DIMENSIONS``).

    Pretrained vectors are made equally long; words that have none begin at 0.
    """
    if recipe.beginning == "nothing":
        return recipe.scale * torch.randn(len(vocabulary), DIMENSIONS)
    vectors, _ = looked_up(vocabulary.words, word_vectors())
    return recipe.scale * math.sqrt(DIMENSIONS) * F.normalize(vectors, dim=1)


@dataclass(frozen=True)
class Trained:
    """A classifier, the numbers of its words, and how its training went."""

    network: MeanClassifier
    vocabulary: Vocabulary
    evaluation: Evaluation
    """Validation accuracy and loss as it trained; without rows if it was not watched."""

    def logits(self, sentences: Sequence[Sequence[str]], batch_size: int = 500) -> torch.Tensor:
        """Give the logits of sentences in words, shape (count,)."""
        ids = [self.vocabulary.encode(words) for words in sentences]
        parts = [batch(ids[start : start + batch_size]) for start in range(0, len(ids), batch_size)]
        return logits_of(self.network, parts)


@torch.no_grad()
def logits_of(network: MeanClassifier, batches: Iterable[tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
    """Give the logits, shape (count,), of batches of ids and masks, in evaluation mode."""
    with evaluating(network):
        return torch.cat([network(ids, mask) for ids, mask in batches])


def trained(
    recipe: Recipe,
    sentences: Sentences,
    validation: Sentences | None = None,
    *,
    kind: type[MeanClassifier] = MeanClassifier,
    vocabulary: Vocabulary | None = None,
) -> Trained:
    """Train a classifier.

    Args:
        recipe: How.
        sentences: To train on.
        validation: Looked at now and then; the weights of the best look are kept. When None, those of
            the last step are.
        kind: Of network.
        vocabulary: Another than the usual one.
    """
    torch.manual_seed(recipe.seed)
    words = sentences.words
    vocabulary = vocabulary or vocabulary_for(recipe.beginning, words)
    network = kind(first_vectors(recipe, vocabulary), recipe.dropout)
    network.embedding.requires_grad_(recipe.beginning != "frozen")
    wanted = [each for each in network.parameters() if each.requires_grad]
    watched = sentences if validation is None else validation
    look = batch([vocabulary.encode(each) for each in watched.words])

    def measure() -> dict[str, float]:
        return {"accuracy": accuracy_of(logits_of(network, [look]), watched.positive)}

    optimizer = torch.optim.AdamW(wanted, lr=recipe.rate, fused=True)
    result = Trained(network, vocabulary, Evaluation(network, measure))
    best = Best(result.evaluation, "accuracy")
    looks = every(max(1, recipe.steps // LOOKS), result.evaluation, last=recipe.steps)
    ids, mask = batch([vocabulary.encode(each) for each in words])
    batches = (
        (*picked(ids, mask, chosen), sentences.positive[chosen])
        for chosen in shuffled_batches(len(ids), min(recipe.batch_size, len(ids)))
    )
    hooks = () if validation is None else (looks, best)
    train(network, partial(loss_of, network), optimizer, batches, recipe.steps, after_step=hooks)
    if validation is not None:
        best.restore()
    return result


def picked(ids: torch.Tensor, mask: torch.Tensor, chosen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Pick rows of a batch, as long as the longest sentence among them.

    Args:
        ids: Shape (count, longest), int64.
        mask: Shape (count, longest), bool.
        chosen: Rows, shape (some,), int64.
    """
    ids, mask = ids[chosen], mask[chosen]
    longest = int(mask.sum(dim=1).max())
    return ids[:, :longest], mask[:, :longest]


def loss_of(network: MeanClassifier, given: Batch) -> torch.Tensor:
    """Give the mean cross-entropy of a batch, in nats."""
    ids, mask, labels = given
    return F.binary_cross_entropy_with_logits(network(ids, mask), labels)


def accuracy_of(logits: torch.Tensor, positive: torch.Tensor) -> float:
    """Give the share of logits, shape (count,), that are on the side of their label."""
    return ((logits > 0) == positive.bool()).double().mean().item()

"""word2vec: vectors that tell the words around a word from words drawn by chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

from academy.data.word_vectors import WordVectors
from academy.learn.hooks import stepping
from academy.learn.seeds import seed_everything
from academy.learn.training import train
from academy.lessons.lesson6.corpus import Corpus, contexts, keep_probabilities, subsampled


@dataclass(frozen=True)
class Recipe:
    """How vectors are learned."""

    skip_gram: bool = True
    """Whether a word shall tell each of those around it; else their mean shall tell the word (CBOW)."""
    dimensions: int = 100
    window: int = 5
    """The farthest that a context reaches to both sides; each place draws its own reach up to this."""
    negatives: int = 5
    """How much words drawn by chance weigh, as if so many were drawn for each pair."""
    drawn: int = 256
    """How many are drawn for a whole batch, which shares them."""
    noise_power: float = 0.75
    """Of the counts, in the chances of these words."""
    threshold: float = 1e-4
    """Of subsampling; 1 keeps all."""
    epochs: float = 5
    batch_size: int = 4096
    """Places in the text a step."""
    rate: float = 0.02
    """The learning rate of Adam at the start; it falls to 0 in a straight line."""
    seed: int = 0


class Batch(NamedTuple):
    """Places in a text, and what stands around them."""

    centers: torch.Tensor
    """Shape (places,): the word at each."""
    contexts: torch.Tensor
    """Shape (places, 2 · window): the words around."""
    within: torch.Tensor
    """Of the same shape, bool: which of those count."""
    negatives: torch.Tensor
    """Shape (drawn,): words drawn by chance, for all places."""


def negative_sampling_loss(
    inputs: torch.Tensor,
    targets: torch.Tensor,
    within: torch.Tensor,
    negatives: torch.Tensor,
    weight: float,
) -> torch.Tensor:
    """Give −log σ(input · target) − weight · mean over negatives of log σ(−input · negative).

    Args:
        inputs: Shape (places, dimensions).
        targets: Words that belong to them, shape (places, targets, dimensions).
        within: Which of those count, shape (places, targets), bool.
        negatives: Words drawn by chance, shape (drawn, dimensions).
        weight: How many negatives a pair is worth.

    Returns:
        The mean over pairs that count, a single number.

    Source: T. Mikolov and others, *Distributed representations of words and phrases and their
    compositionality*, 2013, equation 4; that a batch shares its negatives is from S. Ji and others,
    *Parallelizing word2vec in shared and distributed memory*, 2016, arXiv:1604.04661.
    """
    right = F.logsigmoid(torch.einsum("pd,ptd->pt", inputs, targets))  # (places, targets)
    wrong = F.logsigmoid(-inputs @ negatives.T).mean(dim=1, keepdim=True)  # (places, 1)
    return -(right + weight * wrong)[within].mean()


class TwoTables(nn.Module):
    """Two vectors for each word: as one that asks, and as one that is asked for.

    Args:
        words: Size of the vocabulary.
        dimensions: Numbers in a vector.
    """

    def __init__(self, words: int, dimensions: int) -> None:
        super().__init__()
        self.inputs = nn.Embedding(words, dimensions)
        self.outputs = nn.Embedding(words, dimensions)
        nn.init.uniform_(self.inputs.weight, -0.5 / dimensions, 0.5 / dimensions)
        nn.init.zeros_(self.outputs.weight)

    def loss(self, batch: Batch, weight: float) -> torch.Tensor:
        """Give the loss of a batch; see :func:`negative_sampling_loss`."""
        inputs, targets, within = self(batch)
        return negative_sampling_loss(inputs, targets, within, self.outputs(batch.negatives), weight)


class SkipGram(TwoTables):
    """Each word asks for those around it."""

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Give the vectors of words and of those around them, and which of those count."""
        return self.inputs(batch.centers), self.outputs(batch.contexts), batch.within


class CBOW(TwoTables):
    """The mean of the words around asks for the one amid them: a continuous bag of words."""

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Give the mean vectors of the words around, the vectors of those amid them, and which count."""
        counts = batch.within.sum(dim=1, keepdim=True)  # (places, 1)
        weights = batch.within / counts.clamp(min=1)  # (places, 2 · window)
        means = torch.einsum("pc,pcd->pd", weights, self.inputs(batch.contexts))
        return means, self.outputs(batch.centers[:, None]), counts > 0


def noise(counts: torch.Tensor, power: float = 0.75) -> torch.Tensor:
    """Give the chance of each word to be drawn, shape (words,): its count to a power, scaled."""
    weights = counts.double() ** power
    return (weights / weights.sum()).float()


def batches(corpus: Corpus, recipe: Recipe) -> Iterator[Batch]:
    """Go through a text again and again, in a new order each time, with other places left out."""
    chances = noise(corpus.counts, recipe.noise_power)
    while True:
        kept = subsampled(corpus, recipe.threshold)
        for places in torch.randperm(len(kept.ids)).split(recipe.batch_size):
            reach = torch.randint(1, recipe.window + 1, places.shape)
            around, within = contexts(kept, places, reach, recipe.window)
            negatives = torch.multinomial(chances, recipe.drawn, replacement=True)
            yield Batch(kept.ids[places], around, within, negatives)


def steps_of(corpus: Corpus, recipe: Recipe) -> int:
    """Say how many steps the epochs of a recipe take."""
    kept = (corpus.counts * keep_probabilities(corpus.counts, recipe.threshold)).sum().item()
    return max(1, round(recipe.epochs * kept / recipe.batch_size))


def word2vec(corpus: Corpus, recipe: Recipe) -> WordVectors:
    """Learn vectors.

    Args:
        corpus: The text.
        recipe: How.

    Returns:
        The words with their input vectors.
    """
    seed_everything(recipe.seed)
    kind = SkipGram if recipe.skip_gram else CBOW
    model = kind(len(corpus.words), recipe.dimensions)
    steps = steps_of(corpus, recipe)
    optimizer = torch.optim.Adam(model.parameters(), recipe.rate, fused=True)
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
    train(
        model,
        lambda batch: model.loss(batch, recipe.negatives),
        optimizer,
        batches(corpus, recipe),
        steps,
        after_step=[stepping(falling)],
    )
    return WordVectors(corpus.words, model.inputs.weight.detach())

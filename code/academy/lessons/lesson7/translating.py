"""A transformer that reads days as people write them, and writes them as ISO has them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.hooks import stepping
from academy.learn.seeds import seed_everything
from academy.learn.training import Hook, descend_clipped, train
from academy.lessons.lesson7.dates import (
    ISO_LENGTH,
    READ_CHARACTERS,
    START,
    WRITTEN_CHARACTERS,
    WrittenDay,
    days,
    iso_ids,
    iso_texts,
    read_ids,
    written,
)
from academy.nets.attention import kept_weights
from academy.nets.modes import evaluating
from academy.nets.transformer import Transformer, readable, write

SORTED = 8
"""So many batches are drawn at once, sorted by length and cut: less padding is computed."""
SPREAD = 0.3
"""Standard deviation of the characters' vectors before training: they must not drown their positions."""


@dataclass(frozen=True)
class Recipe:
    """How the transformer is made and trained."""

    width: int = 64
    heads: int = 4
    hidden: int = 128
    layers: int = 1
    steps: int = 550
    batch_size: int = 32
    rate: float = 5e-3
    """The highest learning rate of Adam, after a rise and before a fall (one cycle)."""
    seed: int = 0


class Batch(NamedTuple):
    """Days to read, and what to write."""

    read: torch.Tensor
    """Ids, shape (count, longest), filled up with 0."""
    wanted: torch.Tensor
    """Ids, shape (count, 10)."""

    @property
    def so_far(self) -> torch.Tensor:
        """What stands before each character that is wanted, shape (count, 10)."""
        return F.pad(self.wanted[:, :-1], (1, 0), value=START)


def batch_of(some: Sequence[WrittenDay]) -> Batch:
    """Number the characters of days."""
    return Batch(read_ids(day.text for day in some), iso_ids(day.iso for day in some))


def batches(batch_size: int, seed: int) -> Iterator[Batch]:
    """Draw days to train on, each in a form drawn by chance, without end; a batch has texts about as long."""
    chance = random.Random(seed)
    while True:
        drawn = written(chance.choices(days()[0], k=SORTED * batch_size), chance)
        drawn.sort(key=lambda day: len(day.text))
        for beginning in chance.sample(range(0, len(drawn), batch_size), SORTED):
            yield batch_of(drawn[beginning : beginning + batch_size])


def transformer(recipe: Recipe) -> Transformer:
    """Make an untrained one."""
    seed_everything(recipe.seed)
    model = Transformer(
        len(READ_CHARACTERS) + 1,
        len(WRITTEN_CHARACTERS) + 1,
        recipe.width,
        recipe.heads,
        recipe.hidden,
        recipe.layers,
    )
    for table in (model.read_vectors, model.written_vectors):
        nn.init.normal_(table.weight, std=SPREAD)
    return model


def loss_of(model: Transformer, batch: Batch) -> torch.Tensor:
    """Give the mean cross-entropy of each next character, where those before it are the right ones."""
    return F.cross_entropy(model(batch.read, batch.so_far).transpose(1, 2), batch.wanted)


def trained(recipe: Recipe, after_step: Sequence[Hook] = ()) -> Transformer:
    """Train one from its start."""
    model = transformer(recipe)
    optimizer = torch.optim.Adam(model.parameters(), recipe.rate, betas=(0.9, 0.98), fused=True)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, recipe.steps)
    train(
        model,
        lambda batch: loss_of(model, batch),
        optimizer,
        batches(recipe.batch_size, recipe.seed),
        recipe.steps,
        update=descend_clipped(1.0),
        after_step=[stepping(cycle), *after_step],
    )
    return model


def translated(model: Transformer, texts: Sequence[str]) -> list[str]:
    """Write days as ISO has them, as the model reads them."""
    with evaluating(model):
        return iso_texts(write(model, read_ids(texts), START, ISO_LENGTH))


def alignment(model: Transformer, text: str) -> tuple[str, torch.Tensor]:
    """Say where a model looks while it writes.

    Args:
        model: A trained one.
        text: A day, as somebody writes it.

    Returns:
        What it writes, and the weights of the cross-attention of its last layer,
        shape (heads, 10, characters read).
    """
    read = read_ids([text])
    with evaluating(model), torch.no_grad():
        ids = write(model, read, START, ISO_LENGTH)
        with kept_weights(model) as kept:
            model.decode(model.encode(read), Batch(read, ids).so_far, readable(read))
    return iso_texts(ids)[0], kept[f"decoder.{len(model.decoder) - 1}.cross_attention"][0]


def exact(found: Sequence[str], some: Sequence[WrittenDay]) -> float:
    """Give the share of days that are right in each of their ten characters."""
    return sum(iso == day.iso for iso, day in zip(found, some)) / len(some)

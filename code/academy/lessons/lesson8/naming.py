"""Pictures with their names, the one training of what names them, and the nearest picture's name."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.hooks import History, stepping
from academy.learn.training import descend_clipped, train
from academy.nets.modes import evaluating

Batch = tuple[torch.Tensor, list[str]]


class NamedPictures(NamedTuple):
    """Vectors of pictures, and the name of each."""

    vectors: torch.Tensor
    """Shape (count, features), float32."""
    names: tuple[str, ...]


class Namer(nn.Module):
    """What learns to name pictures; every such model says how."""

    def loss(self, pictures: torch.Tensor, names: Sequence[str]) -> torch.Tensor:
        """Give the loss of pictures, shape (count, features), that have these names."""
        raise NotImplementedError

    def say(self, pictures: torch.Tensor) -> list[str]:
        """Name pictures, shape (count, features)."""
        raise NotImplementedError


class Training(NamedTuple):
    """How a model learns: Adam, at a rate that falls to zero along a line."""

    rate: float
    steps: int
    batch_size: int
    weight_decay: float = 0.0
    seed: int = 0


Model = TypeVar("Model", bound=Namer)


def fitted(model: Model, pictures: NamedPictures, training: Training) -> list[float]:
    """Train a model to name pictures, and give the loss before each step."""
    trained = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(trained, training.rate, weight_decay=training.weight_decay)
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, training.steps)
    history = History()
    train(
        model,
        lambda batch: model.loss(*batch),
        optimizer,
        batches(pictures, training.batch_size, torch.Generator().manual_seed(training.seed)),
        training.steps,
        update=descend_clipped(1.0),
        after_step=[history, stepping(falling)],
    )
    losses: list[float] = history.losses.tolist()
    return losses


def batches(pictures: NamedPictures, size: int, generator: torch.Generator) -> Iterator[Batch]:
    """Go through pictures in a new order each time, without end."""
    while True:
        for chosen in torch.randperm(len(pictures.names), generator=generator).split(size):
            if len(chosen) == min(size, len(pictures.names)):
                yield pictures.vectors[chosen], [pictures.names[place] for place in chosen.tolist()]


@torch.no_grad()
def said(model: Namer, vectors: torch.Tensor, batch_size: int = 100) -> list[str]:
    """Let a model in evaluation mode name pictures, shape (count, features)."""
    with evaluating(model):
        return [name for part in vectors.split(batch_size) for name in model.say(part)]


@torch.no_grad()
def mean_loss(model: Namer, pictures: NamedPictures) -> float:
    """Give the loss of pictures, in evaluation mode."""
    with evaluating(model):
        return model.loss(pictures.vectors, pictures.names).item()


def nearest_names(vectors: torch.Tensor, known: NamedPictures) -> list[str]:
    """Give each picture, shape (count, features), the name of the known one with the largest cosine."""
    cosines = F.normalize(vectors, dim=1) @ F.normalize(known.vectors, dim=1).T  # (count, known)
    return [known.names[place] for place in cosines.argmax(dim=1).tolist()]

"""Ways to find a picture by a text without towers: ImageNet's labels, ridge regression, a neighbor."""

from collections.abc import Callable, Sequence

import torch
from sklearn.linear_model import Ridge
from torch.nn import functional as F

from academy.data.emoji import Emoji
from academy.lessons.lesson8.concepts import SEEN_STYLES, concept_split
from academy.lessons.lesson8.contrastive import names, text_features
from academy.lessons.lesson8.pair_vectors import basis, picture_vectors, restored
from academy.nets.pretrained import image_backbone, imagenet_names

Guess = Callable[[torch.Tensor], torch.Tensor]
"""Turns vectors of pictures, shape (count, 256), into guessed vectors of texts, shape (count, 384)."""


def train_texts() -> torch.Tensor:
    """Give MiniLM's vectors of the names to train on, shape (emoji, 384)."""
    return names(concept_split().train)


def train_pictures() -> torch.Tensor:
    """Give the vectors of all pictures to train on, style after style, shape (styles × emoji, 256)."""
    return torch.cat([picture_vectors(concept_split().train, style) for style in SEEN_STYLES])


def centered(texts: torch.Tensor) -> torch.Tensor:
    """Take the mean of the texts to train on away, and make unit vectors."""
    return F.normalize(texts - train_texts().mean(dim=0), dim=-1)


def by_guess(guess: Guess, emoji: Sequence[Emoji], style: str) -> torch.Tensor:
    """Give the cosine of each emoji's name with what is guessed of each picture: shape (names, pictures)."""
    return centered(names(emoji)) @ centered(guess(picture_vectors(emoji, style))).T


@torch.no_grad()
def by_labels(count: int) -> Guess:
    """Guess a picture's text as the mean of its likeliest ImageNet classes' names, weighted by probability.

    Source: M. Norouzi and others, *Zero-Shot Learning by Convex Combination of Semantic Embeddings*, 2014,
    arXiv:1312.5650 (ConSE), with MiniLM in place of word vectors.

    Args:
        count: Classes that are looked at.
    """
    classifier = image_backbone().network.classifier
    labels = text_features(tuple(imagenet_names()))

    def guess(vectors: torch.Tensor) -> torch.Tensor:
        likeliest = classifier(restored(vectors, basis())).softmax(dim=-1).topk(count)
        weights = likeliest.values / likeliest.values.sum(dim=-1, keepdim=True)
        guessed: torch.Tensor = (weights[:, :, None] * labels[likeliest.indices]).sum(dim=1)
        return guessed

    return guess


def by_ridge(strength: float) -> Guess:
    """Fit a linear map from vectors of pictures to vectors of names, with weights kept small.

    Args:
        strength: What the squares of the weights cost.
    """
    ridge = Ridge(alpha=strength).fit(train_pictures(), train_texts().repeat(len(SEEN_STYLES), 1))
    return lambda vectors: torch.from_numpy(ridge.predict(vectors)).float()


def by_nearest() -> Guess:
    """Guess that a picture has the name of the one most like it, by cosine, of those to train on."""
    known = F.normalize(train_pictures(), dim=-1)

    def guess(vectors: torch.Tensor) -> torch.Tensor:
        nearest = (F.normalize(vectors, dim=-1) @ known.T).argmax(dim=1)
        return train_texts()[nearest % len(train_texts())]

    return guess

"""A small picture encoder that no one has trained before, taught by the names of emoji alone."""

from collections.abc import Iterator, Sequence

import torch
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR

from academy.data.augmentation import random_affine, random_brightness_contrast, random_horizontal_flip
from academy.data.emoji import Emoji, emoji_pictures
from academy.learn.hooks import stepping
from academy.learn.training import train
from academy.lessons.lesson8.concepts import concept_split
from academy.lessons.lesson8.contrastive import Pairs, Recipe, batches, names, text_features, with_keywords
from academy.lessons.lesson8.dual_encoder import DualEncoder, Tower
from academy.nets.residual import Residual, convolution

SIDE = 32
"""Pixels along a side of the pictures that the small encoder sees."""
CHANNELS = 96
"""Maps of its last convolution."""


def picture_encoder() -> nn.Sequential:
    """Build convolutions and a straight way from pixels, shape (batch, 3, 32, 32), to unit vectors.

    Returns:
        A net of fewer than 200,000 parameters; it gives shape (batch, 256).
    """
    return nn.Sequential(
        nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=1, bias=False),  # (batch, 32, 16, 16)
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.MaxPool2d(2),  # (batch, 32, 8, 8)
        convolution(32, 64),
        Residual(64),
        nn.MaxPool2d(2),  # (batch, 64, 4, 4)
        convolution(64, CHANNELS),
        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),  # (batch, 96)
        Tower(CHANNELS, hidden=0),
    )


def pixels(emoji: Sequence[Emoji], style: str) -> torch.Tensor:
    """Draw emoji as float pixels, white being 0, shape (count, 3, 32, 32)."""
    return 1 - emoji_pictures(emoji, [style], SIDE).images / 255


def pixel_pairs(recipe: Recipe) -> Pairs:
    """Draw what is trained on; pictures of shape (styles, emoji, 3, 32, 32)."""
    emoji = concept_split().train
    texts = torch.stack([names(emoji), text_features(tuple(map(with_keywords, emoji)))])
    return Pairs(torch.stack([pixels(emoji, style) for style in recipe.styles]), texts)


def varied(pictures: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """Mirror, move, turn and scale pictures, and change their brightness and contrast, all a little."""
    moved = random_affine(random_horizontal_flip(pictures, chance), 10, 2, 0.1, chance)
    return random_brightness_contrast(moved, 0.2, 0.2, chance)


def varied_batches(pairs: Pairs, recipe: Recipe) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Draw batches without end, with pictures varied."""
    chance = torch.Generator().manual_seed(recipe.seed)
    for pictures, texts in batches(pairs, recipe):
        yield varied(pictures, chance), texts


def trained_from_scratch(recipe: Recipe, pairs: Pairs) -> DualEncoder:
    """Train a small picture encoder and a tower for texts with the loss of CLIP.

    Args:
        recipe: How; its hidden layer is the text tower's.
        pairs: On what, as ``pixel_pairs`` gives it.

    Returns:
        Both, in evaluation mode.
    """
    torch.manual_seed(recipe.seed)
    model = DualEncoder(picture_encoder(), Tower(pairs.texts.shape[-1], recipe.hidden, recipe.dropout))
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=recipe.weight_decay)
    schedule = OneCycleLR(optimizer, recipe.rate, total_steps=recipe.steps + 1)
    train(
        model,
        lambda batch: model(*batch),
        optimizer,
        varied_batches(pairs, recipe),
        recipe.steps,
        after_step=[stepping(schedule)],
    )
    return model.eval()


@torch.no_grad()
def pixel_cosines(model: DualEncoder, emoji: Sequence[Emoji], style: str) -> torch.Tensor:
    """Give the cosine of each emoji's name with each one's picture: shape (names, pictures)."""
    found: torch.Tensor = model.texts(names(emoji)) @ model.pictures(pixels(emoji, style)).T
    return found

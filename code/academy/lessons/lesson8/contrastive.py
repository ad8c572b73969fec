"""Training two towers on pairs of emoji and their names, and what finds what afterwards."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import torch
from torch.optim.lr_scheduler import OneCycleLR

from academy.data.emoji import Emoji
from academy.learn.hooks import stepping
from academy.learn.training import train
from academy.lessons.lesson8.concepts import SEEN_STYLES, concept_split
from academy.lessons.lesson8.dual_encoder import DualEncoder, Locked, Tower
from academy.lessons.lesson8.pair_vectors import picture_vectors
from academy.nets import minilm

KEYWORDS = 4
"""Words to search by that are added to a name, at most."""


@dataclass(frozen=True)
class Recipe:
    """All that decides a training."""

    styles: tuple[str, ...] = SEEN_STYLES
    steps: int = 500
    batch_size: int = 256
    rate: float = 1e-3
    weight_decay: float = 0.05
    hidden: int = 512
    dropout: float = 0.3
    keywords: bool = True
    """Whether every other text has words to search by after the name."""
    concepts: float = 1.0
    """Share of the emoji to train on."""
    locked: bool = False
    """Whether the texts' tower is locked, and only the pictures' learns."""
    scale: float | None = None
    """What cosines are multiplied by; learned when None."""
    seed: int = 0


@dataclass(frozen=True)
class Pairs:
    """What is trained on: of each emoji a picture in some styles and some texts."""

    pictures: torch.Tensor
    """Shape (styles, emoji, picture features), float32."""
    texts: torch.Tensor
    """Shape (texts of an emoji, emoji, text features), float32."""


def with_keywords(emoji: Emoji) -> str:
    """Write a name with words that it is searched by, as ``"red apple: fruit, mac, school"``."""
    words = ", ".join(emoji.keywords[:KEYWORDS])
    return f"{emoji.name}: {words}" if words else emoji.name


@cache
def text_features(texts: tuple[str, ...]) -> torch.Tensor:
    """Give MiniLM's features of texts, shape (count, 384), read once in a process; 8 ms a text."""
    return minilm.features(texts)


def names(emoji: Sequence[Emoji]) -> torch.Tensor:
    """Give MiniLM's features of the names of emoji, shape (count, 384)."""
    return text_features(tuple(each.name for each in emoji))


def emoji_pairs(recipe: Recipe, emoji: Sequence[Emoji] | None = None) -> Pairs:
    """Read the pairs that a recipe trains on, of emoji; those of ``concept_split`` to train on when None."""
    emoji = concept_split().train if emoji is None else emoji
    texts = [names(emoji)]
    if recipe.keywords:
        texts.append(text_features(tuple(map(with_keywords, emoji))))
    pictures = torch.stack([picture_vectors(emoji, style) for style in recipe.styles])
    order = torch.randperm(len(emoji), generator=torch.Generator().manual_seed(recipe.seed))
    kept = order[: round(recipe.concepts * len(emoji))]
    return Pairs(pictures[:, kept], torch.stack(texts)[:, kept])


def untrained(recipe: Recipe, pairs: Pairs) -> DualEncoder:
    """Make two towers for such pairs, as a recipe has them, with weights drawn at random."""
    features, width = pairs.pictures.shape[-1], pairs.texts.shape[-1]
    if recipe.locked:
        return DualEncoder(
            Tower(features, recipe.hidden, recipe.dropout, width), Locked(pairs.texts[0].mean(dim=0))
        )
    towers = (Tower(each, recipe.hidden, recipe.dropout) for each in (features, width))
    return DualEncoder(*towers)


def trained(recipe: Recipe, pairs: Pairs | None = None) -> DualEncoder:
    """Train two towers.

    Args:
        recipe: How.
        pairs: On what; those of the recipe when None.

    Returns:
        The towers, in evaluation mode.

    Raises:
        AssetUnavailable: If the emoji or MiniLM cannot be had.
    """
    pairs = pairs or emoji_pairs(recipe)
    torch.manual_seed(recipe.seed)
    model = untrained(recipe, pairs)
    if recipe.scale is not None:
        model.log_scale.requires_grad_(False).fill_(math.log(recipe.scale))
    learned = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=recipe.rate, weight_decay=recipe.weight_decay)
    schedule = OneCycleLR(optimizer, recipe.rate, total_steps=recipe.steps + 1)
    train(
        model,
        lambda batch: model(*batch),
        optimizer,
        batches(pairs, recipe),
        recipe.steps,
        after_step=[stepping(schedule)],
    )
    return model.eval()


def batches(pairs: Pairs, recipe: Recipe) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Draw batches without end: no emoji twice in one, each with one of its pictures and of its texts."""
    chance = torch.Generator().manual_seed(recipe.seed)
    styles, emoji = pairs.pictures.shape[:2]
    size = min(recipe.batch_size, emoji)
    while True:
        chosen = torch.randperm(emoji, generator=chance)[:size]
        style = torch.randint(styles, (size,), generator=chance)
        text = torch.randint(len(pairs.texts), (size,), generator=chance)
        yield pairs.pictures[style, chosen], pairs.texts[text, chosen]


def similarities(model: DualEncoder, emoji: Sequence[Emoji], style: str) -> torch.Tensor:
    """Give the cosine of each emoji's name with each one's picture: shape (names, pictures)."""
    with torch.no_grad():
        texts: torch.Tensor = model.texts(names(emoji))
        pictures: torch.Tensor = model.pictures(picture_vectors(emoji, style))
    return texts @ pictures.T

"""Training captioners: cross-entropy of each next word, and REINFORCE where places are drawn by chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch.nn import functional as F

from academy.learn.hooks import stepping
from academy.learn.seeds import seed_everything
from academy.learn.training import Hook, descend_clipped, train
from academy.lessons.lesson8.caption_scenes import Scenes
from academy.lessons.lesson8.caption_words import END, counted, decoded, encoded
from academy.lessons.lesson8.captioners import ShowAndTell, ShowAttendTell, Told
from academy.nets.modes import evaluating

KINDS = ("tell", "soft", "hard")
Captioner = ShowAndTell | ShowAttendTell


class Captioned(NamedTuple):
    """Pictures with a caption each."""

    pictures: torch.Tensor
    """Shape (count, 3, 48, 48)."""
    words: torch.Tensor
    """Numbers of words, shape (count, ``LONGEST``)."""

    @property
    def so_far(self) -> torch.Tensor:
        """What stands before each word, shape (count, ``LONGEST``)."""
        return F.pad(self.words[:, :-1], (1, 0), value=END)


@dataclass(frozen=True)
class Recipe:
    """How a captioner is trained."""

    kind: str
    """One of ``KINDS``."""
    steps: int
    batch_size: int = 64
    rate: float = 4e-3
    """The highest learning rate of Adam, after a rise and before a fall (one cycle)."""
    entropy: float = 0.01
    """Hard attention: how much spread-out shares are worth."""
    seed: int = 0


def captioner(recipe: Recipe) -> Captioner:
    """Make an untrained captioner."""
    seed_everything(recipe.seed)
    return untrained(recipe.kind)


def untrained(kind: str) -> Captioner:
    """Make a captioner with parameters of chance."""
    return ShowAndTell() if kind == "tell" else ShowAttendTell("soft" if kind == "soft" else "hard")


def captioned(scenes: Scenes) -> Captioned:
    """Give scenes with their captions as numbers."""
    return Captioned(scenes.pictures, encoded(scenes.captions()))


def batches(scenes: Scenes, batch_size: int, seed: int) -> Iterator[Captioned]:
    """Draw pictures with their captions, without end."""
    whole, chance = captioned(scenes), torch.Generator().manual_seed(seed)
    while True:
        which = torch.randint(len(scenes), (batch_size,), generator=chance)
        yield Captioned(whole.pictures[which], whole.words[which])


def log_chances(told: Told, words: torch.Tensor) -> torch.Tensor:
    """Give the log probability of each word, shape (count, steps); 0 after a caption's end."""
    each = -F.cross_entropy(told.logits.transpose(1, 2), words, reduction="none")
    return each * counted(words)


def cross_entropy(model: Captioner, batch: Captioned) -> torch.Tensor:
    """Give the mean loss of a word."""
    told = model(batch.pictures, batch.so_far)
    return -log_chances(told, batch.words).sum() / counted(batch.words).sum()


class Reinforced:
    """A loss whose gradient is an estimate of hard attention's, with a moving mean of the reward as baseline.

    Source: R. Williams, *Simple statistical gradient-following algorithms for connectionist reinforcement
    learning*, 1992; baseline and entropy as in K. Xu and others, 2015.
    """

    def __init__(self, entropy: float) -> None:
        """Start with no baseline.

        Args:
            entropy: What the entropy of the shares is worth, in the unit of the reward.
        """
        self.entropy = entropy
        self.baseline: torch.Tensor | None = None

    def __call__(self, model: Captioner, batch: Captioned) -> torch.Tensor:
        """Draw places, and give a loss to differentiate; its value says nothing."""
        told = model(batch.pictures, batch.so_far)
        reward = to_come(log_chances(told, batch.words).detach()).mean(dim=0)  # (steps,)
        used = reward if self.baseline is None else self.baseline
        spread = (entropies(told) * counted(batch.words)).sum()
        gain = surrogate(told, batch.words, used).sum() + self.entropy * spread
        self.baseline = 0.9 * used + 0.1 * reward
        return -gain / counted(batch.words).sum()


def to_come(rewards: torch.Tensor) -> torch.Tensor:
    """Sum each word's reward and those of all words after it: shape (count, steps)."""
    return rewards.flip(1).cumsum(dim=1).flip(1)


def surrogate(told: Told, words: torch.Tensor, baseline: torch.Tensor | float) -> torch.Tensor:
    """Give for each caption, shape (count,), what has the score-function estimate as its gradient.

    Args:
        told: What was said after places were drawn.
        words: The captions, shape (count, steps).
        baseline: Is taken from the reward to come, one for each step or for all; it must not hang on the
            places drawn.
    """
    rewards = log_chances(told, words)
    drawn = told.shares.gather(2, told.places[:, :, None])[:, :, 0].clamp(min=1e-9).log()
    advantage = (to_come(rewards.detach()) - baseline) * counted(words)
    return (rewards + advantage * drawn).sum(dim=1)


@torch.no_grad()
def written(model: Captioner, pictures: torch.Tensor) -> list[str]:
    """Write a caption to each picture, greedily."""
    with evaluating(model):
        return decoded(model.write(pictures).logits.argmax(dim=2))


def entropies(told: Told) -> torch.Tensor:
    """Give the entropy of the shares before each word in nats, shape (count, steps)."""
    return -(told.shares * told.shares.clamp(min=1e-9).log()).sum(dim=2)


def trained(
    recipe: Recipe, scenes: Scenes, after_step: Sequence[Hook] = (), model: Captioner | None = None
) -> Captioner:
    """Train a captioner.

    Args:
        recipe: How.
        scenes: Pictures with their captions.
        after_step: Called after each step.
        model: An untrained one, of :func:`captioner`; None makes it.
    """
    model = captioner(recipe) if model is None else model
    loss = Reinforced(recipe.entropy) if recipe.kind == "hard" else cross_entropy
    optimizer = torch.optim.Adam(model.parameters(), recipe.rate, betas=(0.9, 0.98), fused=True)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, recipe.steps)
    train(
        model,
        lambda batch: loss(model, batch),
        optimizer,
        batches(scenes, recipe.batch_size, recipe.seed),
        recipe.steps,
        update=descend_clipped(1.0),
        after_step=[stepping(cycle), *after_step],
    )
    return model

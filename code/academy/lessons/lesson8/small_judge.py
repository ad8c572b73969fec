"""A judge of small pictures: a convolutional network that tells the twelve kinds of emoji apart."""

from functools import cache

import torch
from torch import nn
from torch.nn import functional as F

from academy.data.emoji_kinds import things_apart
from academy.learn.training import train
from academy.lessons.lesson8.denoiser_weights import keep_half, kept
from academy.lessons.lesson8.small_pictures import DRAWN_STYLES, PictureCode, small_pictures

NAME = "emoji_judge"
STEPS = 800
BATCH_SIZE = 128


def judge_net() -> nn.Sequential:
    """Build an untrained judge, from (count, 3, 16, 16) to the logits of twelve kinds."""

    def convolution(inputs: int, outputs: int) -> list[nn.Module]:
        return [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]

    return nn.Sequential(
        *convolution(3, 32),
        nn.MaxPool2d(2),  # (count, 32, 8, 8)
        *convolution(32, 64),
        nn.MaxPool2d(2),  # (count, 64, 4, 4)
        *convolution(64, 64),
        nn.Flatten(),
        nn.Dropout(0.5),
        nn.Linear(64 * 16, 12),
    )


def real_pictures(code: PictureCode, held_out: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw real emoji of the twelve kinds as the code keeps them, which is as well as can be painted.

    Args:
        code: Of the painter.
        held_out: Whether the things that were kept apart, or the others.

    Returns:
        Pictures, shape (count, 3, 16, 16), from 0 to 1, and kinds, shape (count,), int64.
    """
    kinds = things_apart()[held_out]
    pictures = small_pictures([each for things in kinds.values() for each in things])
    return code.decode(code.encode(pictures)), asked_kinds(held_out).repeat(len(DRAWN_STYLES))


def asked_kinds(held_out: bool) -> torch.Tensor:
    """Number the kind of each thing, kind after kind, shape (things,), int64."""
    counts = [len(things) for things in things_apart()[held_out].values()]
    return torch.arange(len(counts)).repeat_interleave(torch.tensor(counts))


def shifted(pictures: torch.Tensor) -> torch.Tensor:
    """Move a batch by up to one pixel each way, and turn it left to right or not."""
    down, right = torch.randint(-1, 2, (2,)).tolist()
    moved = pictures.roll((down, right), dims=(2, 3))
    return moved.flip(3) if torch.rand(()) < 0.5 else moved


def trained_judge(code: PictureCode) -> nn.Sequential:
    """Train a judge with real pictures, always the same way."""
    torch.manual_seed(0)
    judge, (pictures, kinds) = judge_net(), real_pictures(code, held_out=False)
    optimizer = torch.optim.AdamW(judge.parameters(), 1e-3, weight_decay=0.05)
    batches = (torch.randint(len(kinds), (BATCH_SIZE,)) for _ in range(STEPS))
    train(
        judge,
        lambda chosen: F.cross_entropy(judge(shifted(pictures[chosen])), kinds[chosen]),
        optimizer,
        batches,
        STEPS,
    )
    return judge.eval().requires_grad_(False)


def keep_judge(judge: nn.Sequential) -> None:
    """Write a judge's weights."""
    keep_half(judge.state_dict(), NAME)


@cache
def small_judge() -> nn.Sequential:
    """Load the judge that ``train_emoji_denoiser.py`` trained, frozen; everybody gets the same one."""
    judge = judge_net()
    judge.load_state_dict(kept(NAME))
    return judge.eval().requires_grad_(False)


def found(pictures: torch.Tensor, kinds: torch.Tensor) -> float:
    """Give the share of pictures that the judge takes for the kind asked for."""
    right: torch.Tensor = small_judge()(pictures).argmax(dim=1) == kinds
    return right.double().mean().item()

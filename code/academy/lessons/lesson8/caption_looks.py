"""Where a captioner looks while it names a thing, beside where chance would."""

from typing import NamedTuple

import torch

from academy.lessons.lesson8.caption_scenes import Scenes, touched
from academy.lessons.lesson8.caption_training import captioned
from academy.lessons.lesson8.captioners import GRID, ShowAttendTell
from academy.nets.modes import evaluating


class Looks(NamedTuple):
    """Shares of attention on an object when it is named: each of shape (count, 2), one for each object."""

    at_color: torch.Tensor
    """Before its color's word."""
    at_shape: torch.Tensor
    """Before its shape's word."""
    by_area: torch.Tensor
    """The share of all cells that the object reaches into: what even shares would give."""


@torch.no_grad()
def looks(model: ShowAttendTell, scenes: Scenes) -> Looks:
    """Go through true captions, and add the shares of the cells that hold a part of what is named.

    Hard attention looks at one cell in evaluation: its share is 1.
    """
    batch = captioned(scenes)
    with evaluating(model):
        told = model(batch.pictures, batch.so_far)
    shares = looked(told.shares, told.places, model.kind)
    cells = touched(scenes.places, GRID).float()  # (count, 2, 36)
    at_color, at_shape = (on_object(shares, cells, words) for words in said(scenes))
    return Looks(at_color, at_shape, cells.mean(dim=2))


def looked(shares: torch.Tensor, places: torch.Tensor, kind: str) -> torch.Tensor:
    """Give what is looked at: the shares, or all of it at one place, shape (count, steps, 36)."""
    return shares if kind == "soft" else torch.nn.functional.one_hot(places, shares.shape[2]).float()


def said(scenes: Scenes) -> tuple[torch.Tensor, torch.Tensor]:
    """Give the steps at which both objects' colors and shapes are said, each (count, 2)."""
    second = 4 + (scenes.relations == 0).long() + 1  # "left of" is two words, "above" one
    colors = torch.stack([torch.ones_like(second), second], dim=1)
    return colors, colors + 1


def on_object(shares: torch.Tensor, cells: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
    """Add the shares in objects' cells at a step for each object: shape (count, 2)."""
    then = shares.gather(1, steps[:, :, None].expand(-1, -1, shares.shape[2]))  # (count, 2, 36)
    return (then * cells).sum(dim=2)

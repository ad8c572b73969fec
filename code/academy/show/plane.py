"""Figures of the plane: points of two classes, what a net decides everywhere, and a grid it bends."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from academy import colors

Probability = Callable[[torch.Tensor], torch.Tensor]
"""Gives points of shape (count, 2) their probability of class 1, shape (count,)."""

CLASS_COLORS = (colors.BLUE, colors.ORANGE)
CLASS_MARKERS = ("o", "^")
STRONGEST_TINT = 0.42
"""Opacity where a decision is certain: light enough for points and for both themes."""


def scatter(axes: Axes, points: torch.Tensor, labels: torch.Tensor, size: float = 11.0) -> None:
    """Draw class 0 as blue disks and class 1 as orange triangles.

    Args:
        axes: Where to draw.
        points: Points, shape (count, 2).
        labels: Classes 0 and 1, shape (count,).
        size: Area of a marker in square typographic points.
    """
    for label, (color, marker) in enumerate(zip(CLASS_COLORS, CLASS_MARKERS)):
        chosen = points[labels == label].detach().numpy()
        axes.scatter(chosen[:, 0], chosen[:, 1], s=size, color=color, marker=marker, linewidths=0)


def field(axes: Axes, probability: Probability, extent: float = 1.5, resolution: int = 120) -> None:
    """Tint the plane by the probability of class 1 and draw the line where it is one half.

    Args:
        axes: Where to draw.
        probability: Maps points of shape (count, 2) to the probability of class 1.
        extent: Half the side of the square.
        resolution: Samples along one side.
    """
    ticks = torch.linspace(-extent, extent, resolution)
    with torch.no_grad():
        found = probability(torch.cartesian_prod(ticks, ticks)).reshape(resolution, resolution).T.numpy()
    tint = np.empty((resolution, resolution, 4))
    tint[..., :3] = np.where(found[..., None] < 0.5, to_rgb(colors.BLUE), to_rgb(colors.ORANGE))
    tint[..., 3] = STRONGEST_TINT * np.abs(2 * found - 1)
    corners = (-extent, extent, -extent, extent)
    axes.imshow(tint, extent=corners, origin="lower", interpolation="none", zorder=0)
    if found.min() < 0.5 < found.max():
        axes.contour(ticks.numpy(), ticks.numpy(), found, levels=[0.5], colors=colors.INK, linewidths=1.6)


def plane(
    points: torch.Tensor,
    labels: torch.Tensor,
    probability: Probability | None = None,
    title: str = "",
    axes: Axes | None = None,
    extent: float = 1.5,
) -> Axes:
    """Draw points of two classes and, where a net is given, what it decides everywhere.

    Args:
        points: Points, shape (count, 2).
        labels: Classes 0 and 1, shape (count,).
        probability: Maps points of shape (count, 2) to the probability of class 1.
        title: The one thing the picture says.
        axes: Where to draw; a square figure of its own by default.
        extent: Half the side of the square.

    Returns:
        The axes drawn on.
    """
    if axes is None:
        _, axes = plt.subplots(figsize=(4.4, 4.4))
    if probability is not None:
        field(axes, probability, extent)
    scatter(axes, points, labels)
    axes.set(xlim=(-extent, extent), ylim=(-extent, extent), aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
    axes.set_title(title)
    return axes


def grid_lines(steps: int = 21, extent: float = 1.5, samples: int = 120) -> torch.Tensor:
    """Make the lines of a square grid, to be sent through a net.

    Args:
        steps: Number of lines in each direction.
        extent: Half the side of the square.
        samples: Points along one line.

    Returns:
        Points of shape (2 · steps, samples, 2): first the vertical lines, then the horizontal ones.
    """
    along = torch.linspace(-extent, extent, samples)
    across = torch.linspace(-extent, extent, steps)
    vertical = torch.stack(torch.meshgrid(across, along, indexing="ij"), dim=-1)  # (steps, samples, 2)
    return torch.cat([vertical, vertical.flip(-1)])


def grid(axes: Axes, lines: torch.Tensor) -> None:
    """Draw the lines of a grid, straight or bent, behind everything else.

    Args:
        axes: Where to draw.
        lines: Points along each line, shape (lines, samples, 2).
    """
    for line in lines.detach():
        axes.plot(line[:, 0], line[:, 1], color=colors.QUIET, linewidth=0.5, zorder=0)

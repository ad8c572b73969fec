"""Diffusion in the plane: the two arms of Lesson 1's spiral, less blurred, each asked for by its number."""

from collections.abc import Callable
from functools import cache

import torch
from torch.nn.functional import one_hot

from academy.data.plane import spirals
from academy.lessons.lesson8.best_denoisers import points_denoiser
from academy.lessons.lesson8.denoiser_weights import kept
from academy.lessons.lesson8.denoising_nets import DenoisingNet
from academy.lessons.lesson8.diffusion import STEPS
from academy.lessons.lesson8.generating import generated

NOISE = 0.05
"""Standard deviation around the arms; the book's spiral has three times as much."""
POINTS = 1000
"""To train with, half of them in each arm."""
FAR = 3.0
"""Standard deviations from the arm, from which on a point is off it."""
NAME = "spiral_denoiser"

Maker = Callable[[int, torch.Tensor], torch.Tensor]
"""Makes points of an arm: its number and noise (count, 2) in, points (count, 2) out."""


def training_points() -> tuple[torch.Tensor, torch.Tensor]:
    """Draw the points to train with, (POINTS, 2), and their arms, (POINTS,), int64."""
    return spirals(POINTS, NOISE, torch.Generator().manual_seed(0))


def arm_conditions(arms: torch.Tensor) -> torch.Tensor:
    """Turn arms, shape (count,), int64, into conditions of shape (count, 2)."""
    return one_hot(arms, 2).float()


def spiral_net() -> DenoisingNet:
    """Build an untrained denoiser for points: 63,554 parameters."""
    return DenoisingNet(size=2, condition_width=2, width=96, blocks=3)


@cache
def spiral_denoiser() -> DenoisingNet:
    """Load the denoiser that ``train_spiral_denoiser.py`` trained, frozen; everybody gets the same one."""
    network = spiral_net()
    network.load_state_dict(kept(NAME))
    return network.eval().requires_grad_(False)


def distances(points: torch.Tensor, arm: int) -> torch.Tensor:
    """Measure how far points are from the middle of an arm, shape (count,)."""
    angle = torch.linspace(0, 2 * torch.pi, 2001)
    radius = (0.2 + 0.8 * angle / (2 * torch.pi)) * (-1) ** arm
    middle = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
    nearest: torch.Tensor = torch.cdist(points, middle).amin(dim=1)
    return nearest


def true_points(arm: int, noise: torch.Tensor) -> torch.Tensor:
    """Draw fresh points of an arm; the noise says how many, and its first number is the seed."""
    seed = int(noise.view(-1)[0].abs() * 1e6)
    points, arms = spirals(2 * len(noise), NOISE, torch.Generator().manual_seed(seed))
    return points[arms == arm]


def gaussian_points(arm: int, noise: torch.Tensor) -> torch.Tensor:
    """Make points of the Gaussian that has the mean and the covariance of an arm's training points."""
    points, arms = training_points()
    own = points[arms == arm]
    stretched: torch.Tensor = noise @ torch.linalg.cholesky(own.T.cov()).T
    return own.mean(dim=0) + stretched


def net_points(arm: int, noise: torch.Tensor) -> torch.Tensor:
    """Let the trained network make points of an arm."""
    conditions = arm_conditions(torch.full((len(noise),), arm))
    return generated(spiral_denoiser(), noise, conditions)[-1]


def best_points(arm: int, noise: torch.Tensor) -> torch.Tensor:
    """Let the best denoiser for an arm's training points make points; it ends at those, step by step."""
    points, arms = training_points()
    denoiser, without = points_denoiser(points[arms == arm]), torch.zeros(len(noise), 1)
    return generated(denoiser, noise, without, steps=STEPS)[-1]


MAKERS: dict[str, Maker] = {
    "true points": true_points,
    "Gaussian": gaussian_points,
    "network": net_points,
    "best for the training points": best_points,
}


def judged(maker: Maker, noise: torch.Tensor) -> dict[str, float]:
    """Say how good points of both arms are.

    Args:
        maker: Makes them.
        noise: Shape (count, 2), the same for both arms.

    Returns:
        ``off``, the share that is ``FAR`` from the arm asked for; ``nearest``, the mean distance to the
        nearest point of the training.
    """
    points, _ = training_points()
    made = [maker(arm, noise) for arm in range(2)]
    off = torch.cat([distances(each, arm) > FAR * NOISE for arm, each in enumerate(made)])
    nearest = torch.cdist(torch.cat(made), points).amin(dim=1)
    return {"off": off.double().mean().item(), "nearest": nearest.double().mean().item()}

"""What it does to faces when their codes move along a direction: measured by the judge."""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch

from academy.lessons.lesson5.judge import JUDGED, probabilities

TURN = 2.0
"""Standard deviations that a knob is turned to either side."""
NORMAL_95 = 1.96
"""Standard errors of a 95 % interval for hundreds of faces."""


class Effect(NamedTuple):
    """What one knob does."""

    changes: torch.Tensor
    """Mean change of each attribute's probability from one end of the knob to the other, in −1 to 1."""
    most: str
    """The attribute that it moves most."""
    purity: float
    """Share of that one in the sum of all changes, without signs."""
    lead: float
    """By how much it is moved more than the second."""
    lead_error: float
    """Half of the 95 % interval of the lead, over faces."""

    @property
    def is_clear(self) -> bool:
        """Say whether one attribute is moved more than any other, beyond the interval."""
        return self.lead > self.lead_error


def effect_of(
    decode: Callable[[torch.Tensor], torch.Tensor], codes: torch.Tensor, step: torch.Tensor
) -> Effect:
    """Turn a knob for many faces, and judge what becomes of them.

    Args:
        decode: Makes images, float from 0 to 1, of codes.
        codes: Of faces, shape (count, latents).
        step: What is added to a code at one end and taken away at the other, shape (latents,).
    """
    with torch.no_grad():
        above, below = (probabilities(decode(codes + side * step)) for side in (1, -1))
    return summary_of(above - below)


def summary_of(changes: torch.Tensor) -> Effect:
    """Sum up how each attribute of each face changed.

    Args:
        changes: Of probabilities, shape (faces, attributes).
    """
    means = changes.mean(dim=0)
    first, second = means.abs().topk(2).indices.tolist()
    # The lead of each face: both changes counted in the direction in which they go on the whole.
    leads = changes[:, first] * means[first].sign() - changes[:, second] * means[second].sign()
    return Effect(
        changes=means,
        most=JUDGED[first],
        purity=float(means[first].abs() / means.abs().sum()),
        lead=float(leads.mean()),
        lead_error=NORMAL_95 * float(leads.std()) / math.sqrt(len(leads)),
    )


def as_row(effect: Effect) -> dict[str, object]:
    """Give an effect as it comes into a table, the changes in the order of ``JUDGED``."""
    return {
        "most": effect.most,
        "purity": round(effect.purity, 3),
        "lead": round(effect.lead, 4),
        "lead_error": round(effect.lead_error, 4),
        "changes": [round(each, 3) for each in effect.changes.tolist()],
    }


def mean_differences(codes: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """For each attribute, go from the mean code of faces without it to that of faces with it.

    Args:
        codes: Shape (count, latents).
        truth: Shape (count, attributes), bool.

    Returns:
        Shape (attributes, latents).
    """
    return torch.stack([codes[own].mean(dim=0) - codes[~own].mean(dim=0) for own in truth.T])


def joint_differences(codes: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """For each attribute, what it adds to a code where the others stay: least squares of codes on attributes.

    Args:
        codes: Shape (count, latents).
        truth: Shape (count, attributes), bool.

    Returns:
        Shape (attributes, latents).
    """
    inputs = torch.cat([truth.float(), torch.ones(len(truth), 1)], dim=1)
    coefficients: torch.Tensor = torch.linalg.lstsq(inputs, codes).solution
    return coefficients[:-1]


def full_turn(direction: torch.Tensor, codes: torch.Tensor) -> torch.Tensor:
    """Give a direction the length of ``TURN`` standard deviations of the codes along it.

    Args:
        direction: Shape (latents,), of any length.
        codes: Shape (count, latents).
    """
    unit = direction / direction.norm()
    turn: torch.Tensor = TURN * (codes @ unit).std() * unit
    return turn

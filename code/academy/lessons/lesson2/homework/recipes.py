"""The recipe of a run, and how closely the run comes out again."""

from typing import Any

import torch

RECIPE = ("hidden", "activation", "optimizer", "rate", "epochs", "seed")
RESULTS = ("best", "check_accuracy")
"""What a row of the table has beyond its recipe."""


def plain(row: Any) -> dict[str, Any]:
    """Return the recipe of a row, with what a student varies beyond the book."""
    return {key: value for key, value in row.items() if key not in RESULTS}


def tolerance(on_gpu: float) -> float:
    """Return how far a repeated run may lie from the first: a GPU adds in an order of its own."""
    return on_gpu if torch.cuda.is_available() else 1e-4

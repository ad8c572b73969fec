"""Values as students give them: numbers in a list, an array or a tensor, rows of them, and truths."""

from typing import Any

import numpy as np
import torch


def numbers_in(value: Any) -> list[float] | None:
    """Return the numbers of a list, a tuple, an array or a tensor; None if it is none of numbers."""
    try:
        return [float(each) for each in value]
    except (TypeError, ValueError, RuntimeError):
        return None


def tensor_in(value: Any) -> torch.Tensor | None:
    """Return the numbers of a tensor, an array or a list of rows, float64; None if it is none of numbers."""
    try:
        if isinstance(value, list | tuple):
            value = np.stack([np.asarray(torch.as_tensor(row).detach().cpu()) for row in value])
        return torch.as_tensor(value).detach().cpu().double()
    except (TypeError, ValueError, RuntimeError):
        return None


def is_truth(value: Any) -> bool:
    """Tell whether a value is true or false itself, and not only taken for one, as a sentence is."""
    return isinstance(value, bool | np.bool_) or (
        torch.is_tensor(value) and value.dtype == torch.bool and value.dim() == 0
    )

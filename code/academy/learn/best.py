"""The best of all that a training has been: its weights are kept, whatever comes after."""

import math
from typing import Any

import torch

from academy.learn.hooks import Evaluation


class Best:
    """Keeps the weights with which an evaluation found its model best; a hook that comes after it.

    It may be called after every step, and acts where the evaluation has measured. Of equal values the
    first counts; one that is no number is never best.
    """

    def __init__(self, evaluation: Evaluation, name: str, lowest: bool = False) -> None:
        """Say what decides.

        Args:
            evaluation: Measures the model whose weights are kept.
            name: Of the number that decides, among those that it measures.
            lowest: Whether the lowest number is best, as for a loss.
        """
        self.evaluation = evaluation
        self.name = name
        self.sign = -1 if lowest else 1
        self.row: dict[str, float] = {}
        """What was measured where the model was best, and after which step."""
        self.weights: dict[str, torch.Tensor] = {}

    def __call__(self, step: int, loss: torch.Tensor) -> None:
        """Keep the weights if the evaluation has just found the model better than before."""
        rows = self.evaluation.rows
        if not rows or rows[-1]["step"] != step:
            return
        before = self.row.get(self.name, -self.sign * math.inf)
        if self.sign * rows[-1][self.name] > self.sign * before:
            self.row = rows[-1]
            state = self.evaluation.model.state_dict()
            self.weights = {name: value.clone() for name, value in state.items()}

    def restore(self) -> dict[str, float]:
        """Give the model its best weights back.

        Returns:
            What was measured with them, and after which ``step``.

        Raises:
            ValueError: If nothing was measured yet.
        """
        if not self.weights:
            raise ValueError(
                f"no weights are kept, since no number {self.name!r} was measured: put the evaluation "
                "before this hook, and let it measure at least once"
            )
        self.evaluation.model.load_state_dict(self.weights)
        return self.row

    def state_dict(self) -> dict[str, Any]:
        """Give what a checkpoint keeps."""
        return {"row": self.row, "weights": self.weights}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint has kept."""
        self.row, self.weights = state["row"], state["weights"]

"""Adam with weight decay in the two ways that there are: as a penalty in the loss, and apart from it."""

from collections.abc import Iterable

import torch

from academy.learn.optimizers import Adam, LearningRate


class AdamL2(Adam):
    """Adam on the loss plus half of ``decay`` times the sum of the squares of all weights.

    The penalty's gradient is ``decay`` times the weight. Adam divides it by the size of past gradients, as
    it does all of the gradient: weights with large gradients decay least.
    """

    def __init__(self, parameters: Iterable[torch.Tensor], learning_rate: LearningRate, decay: float) -> None:
        super().__init__(parameters, learning_rate)
        self.decay = decay

    def direction(self, index: int, gradient: torch.Tensor) -> torch.Tensor:
        """Add the penalty's gradient to that of the loss, then do as Adam does."""
        return super().direction(index, gradient + self.decay * self.parameters[index])


class AdamW(Adam):
    """Adam, and beside it each step takes the same share of every weight, learning rate times ``decay``.

    Source: Loshchilov and Hutter, *Decoupled weight decay regularization*, 2019, arXiv:1711.05101.
    """

    def __init__(self, parameters: Iterable[torch.Tensor], learning_rate: LearningRate, decay: float) -> None:
        super().__init__(parameters, learning_rate)
        self.decay = decay

    def direction(self, index: int, gradient: torch.Tensor) -> torch.Tensor:
        """Do as Adam does with the gradient of the loss alone, then add the weight's share."""
        return super().direction(index, gradient) + self.decay * self.parameters[index]

"""SGD, momentum and Adam in a few lines each, for one net or for many with a learning rate of their own.

They take the steps of ``torch.optim``; what they add is a learning rate for each net of a stack.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable

import torch

LearningRate = float | torch.Tensor
"""One number, or shape (nets,) where each parameter has shape (nets, ...)."""


class Optimizer(ABC):
    """Parameters, their learning rate, and how many steps were taken; a subclass says what a step is."""

    def __init__(self, parameters: Iterable[torch.Tensor], learning_rate: LearningRate) -> None:
        """Take over parameters.

        Args:
            parameters: Tensors that have a gradient when :meth:`step` is called.
            learning_rate: May be set anew between steps.
        """
        self.parameters = list(parameters)
        self.learning_rate = learning_rate
        self.steps = 0

    @torch.no_grad()
    def step(self) -> None:
        """Move every parameter against its gradient."""
        self.steps += 1
        for index, parameter in enumerate(self.parameters):
            gradient = parameter.grad
            if gradient is not None:
                parameter -= self.rate_for(parameter) * self.direction(index, gradient)

    def zero_grad(self) -> None:
        """Forget the gradients, so that the next ones are not added to them."""
        for parameter in self.parameters:
            parameter.grad = None

    def rate_for(self, parameter: torch.Tensor) -> LearningRate:
        """Give the learning rate a shape that multiplies the parameter net by net."""
        rate = self.learning_rate
        return rate.reshape(-1, *[1] * (parameter.dim() - 1)) if isinstance(rate, torch.Tensor) else rate

    @abstractmethod
    def direction(self, index: int, gradient: torch.Tensor) -> torch.Tensor:
        """Say where to go from, times the learning rate.

        Args:
            index: Which of the parameters.
            gradient: Its gradient, of its shape.
        """


class SGD(Optimizer):
    """Stochastic gradient descent: straight down the gradient of the batch."""

    def direction(self, index: int, gradient: torch.Tensor) -> torch.Tensor:
        """Return the gradient itself."""
        return gradient


class Momentum(Optimizer):
    """SGD with a velocity that remembers past gradients.

    Source: Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964.
    """

    def __init__(
        self, parameters: Iterable[torch.Tensor], learning_rate: LearningRate, momentum: float = 0.9
    ) -> None:
        super().__init__(parameters, learning_rate)
        self.momentum = momentum
        self.velocities = [torch.zeros_like(parameter) for parameter in self.parameters]

    def direction(self, index: int, gradient: torch.Tensor) -> torch.Tensor:
        """Keep a share of the velocity, add the gradient, and go along it."""
        return self.velocities[index].mul_(self.momentum).add_(gradient)


class Adam(Optimizer):
    """Adam: the mean gradient over the root of the mean square, so each weight has its own step length.

    Source: Kingma and Ba, *Adam: a method for stochastic optimization*, 2015, arXiv:1412.6980.
    """

    def __init__(
        self,
        parameters: Iterable[torch.Tensor],
        learning_rate: LearningRate,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ) -> None:
        super().__init__(parameters, learning_rate)
        self.betas = betas
        self.epsilon = epsilon
        self.means = [torch.zeros_like(parameter) for parameter in self.parameters]
        self.squares = [torch.zeros_like(parameter) for parameter in self.parameters]

    def direction(self, index: int, gradient: torch.Tensor) -> torch.Tensor:
        """Update both means, correct their start at zero, and divide."""
        short, long = self.betas
        mean = self.means[index].lerp_(gradient, 1 - short)
        square = self.squares[index].mul_(long).addcmul_(gradient, gradient, value=1 - long)
        root = square.sqrt().div_((1 - long**self.steps) ** 0.5).add_(self.epsilon)
        return mean.div(root).div_(1 - short**self.steps)

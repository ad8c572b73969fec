"""How the learning rate changes over a training: the factor at each point of the way.

A schedule takes the share of the steps that are done, from 0 to 1, and returns what to multiply the
learning rate with.
"""

import math
from collections.abc import Callable

from academy.learn.optimizers import Optimizer

Schedule = Callable[[float], float]

WARM_UP = 0.3
"""Share of the steps in which one-cycle rises."""
START = 1 / 25
"""One-cycle's first factor."""
END = START / 1e4
"""One-cycle's last factor."""


def constant(done: float) -> float:
    """Keep the learning rate as it is."""
    return 1.0


def cosine(done: float) -> float:
    """Fall from 1 to 0 along half a cosine.

    Source: Loshchilov and Hutter, *SGDR*, 2017, arXiv:1608.03983.
    """
    return (1 + math.cos(math.pi * done)) / 2


def one_cycle(done: float) -> float:
    """Rise from 1/25 to 1 in the first 30 % of the steps, then fall to nearly 0, both along half a cosine.

    Source: Smith and Topin, *Super-convergence*, 2018, arXiv:1708.07120.
    """
    if done < WARM_UP:
        return 1 + (START - 1) * cosine(done / WARM_UP)
    return END + (1 - END) * cosine((done - WARM_UP) / (1 - WARM_UP))


class Scheduler:
    """Leads the learning rate of one of the book's own optimizers along a schedule, as torch's do theirs."""

    def __init__(self, optimizer: Optimizer, schedule: Schedule, steps: int) -> None:
        """Set the learning rate of the first step.

        Args:
            optimizer: Its learning rate is the one that the schedule multiplies.
            schedule: What to multiply it with along the way.
            steps: Length of the way.
        """
        self.optimizer = optimizer
        self.schedule = schedule
        self.steps = steps
        self.taken = 0
        self.highest = optimizer.learning_rate
        self.set_rate()

    def step(self) -> None:
        """Set the learning rate of the next step."""
        self.taken += 1
        self.set_rate()

    def set_rate(self) -> None:
        """Set the learning rate for where the training is."""
        self.optimizer.learning_rate = self.highest * self.schedule(self.taken / self.steps)

"""Many nets of one shape trained at once: as fast as a few, each as if it were alone."""

from collections.abc import Sequence

import torch
from torch import nn
from torch.func import functional_call, stack_module_state, vmap
from torch.nn import functional as F


def train_together(
    nets: Sequence[nn.Module],
    points: torch.Tensor,
    labels: torch.Tensor,
    steps: int,
    learning_rate: float,
) -> torch.Tensor:
    """Train nets of one shape side by side with full-batch Adam on the binary cross-entropy.

    The loss is summed over the nets, so that each net's gradient is its own, and Adam treats each
    weight apart: every net takes the steps it would take alone, up to rounding. Over thousands of steps
    rounding can grow: accuracies then differ in the third digit.

    Args:
        nets: Nets that give one logit a point; trained in place.
        points: Inputs, shape (count, features) for all nets or (nets, count, features) for each its own.
        labels: Classes 0 and 1, shape (count,) or (nets, count).
        steps: Number of steps.
        learning_rate: Adam's step size.

    Returns:
        The loss of each net before each step, shape (steps, nets).
    """
    parameters, buffers = stack_module_state(list(nets))  # each parameter: (nets, *shape)

    def logits_of(state: dict[str, torch.Tensor], inputs: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = functional_call(nets[0], state, (inputs,))
        return result.squeeze(-1)

    forward = vmap(logits_of, in_dims=(0, 0 if points.dim() == 3 else None))
    targets = labels.to(points.dtype).expand(len(nets), -1)
    optimizer = torch.optim.Adam(parameters.values(), lr=learning_rate)
    losses = torch.empty(steps, len(nets))
    for step in range(steps):
        logits = forward({**parameters, **buffers}, points)  # (nets, count)
        loss = F.binary_cross_entropy_with_logits(logits, targets, reduction="none").mean(dim=1)
        optimizer.zero_grad()
        loss.sum().backward()
        optimizer.step()
        losses[step] = loss.detach()
    with torch.no_grad():
        for index, net in enumerate(nets):
            for name, parameter in net.named_parameters():
                parameter.copy_(parameters[name][index])
    return losses

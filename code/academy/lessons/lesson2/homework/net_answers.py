"""What a net answers to inputs: probabilities, loss and accuracy."""

import torch
from torch import nn
from torch.nn import functional as F

KINDS = 10


@torch.no_grad()
def measured(net: nn.Module, inputs: torch.Tensor, labels: torch.Tensor) -> tuple[float, float]:
    """Return mean cross-entropy and accuracy, in the mode that a network answers in."""
    logits = answered(net, inputs)
    return F.cross_entropy(logits, labels).item(), (logits.argmax(1) == labels).double().mean().item()


@torch.no_grad()
def probabilities(net: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """Return a row of probabilities for each row of inputs, wherever the net is."""
    return answered(net, inputs.to(next(net.parameters()).device)).softmax(dim=1).cpu()


def answered(net: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """Return the logits in the mode that a network answers in, and leave it in the mode it was in."""
    was_training = net.training
    net.eval()
    logits = torch.cat([net(part) for part in inputs.split(2000)])
    net.train(was_training)
    return logits

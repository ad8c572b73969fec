"""How much the end of a sequence still hangs on each of its steps."""

from collections.abc import Callable

import torch
from torch import nn

from academy.nets.recurrent import LSTM


def gradient_norms(states_of: Callable[[torch.Tensor], torch.Tensor], inputs: torch.Tensor) -> torch.Tensor:
    """Measure how far a small change of each input moves the last state.

    The last state is multiplied with a random vector, drawn afresh, and the gradient of the product is taken.

    Args:
        states_of: From inputs to states, shape (count, length, hidden).
        inputs: Shape (count, length, inputs).

    Returns:
        The norm of the gradient at each step, the mean over sequences, shape (length,).
    """
    asked = inputs.detach().requires_grad_()
    last = states_of(asked)[:, -1]
    (gradient,) = torch.autograd.grad(last, asked, torch.randn_like(last))
    norms: torch.Tensor = gradient.norm(dim=-1).mean(dim=0)
    return norms


@torch.no_grad()
def remembering(net: LSTM, bias: float) -> LSTM:
    """Set the bias of an LSTM's forget gates, so that much of its cell stays from the start; give it back.

    Source: R. Jozefowicz and others, *An empirical exploration of recurrent network architectures*, 2015.
    """
    for layer, value in ((net.from_input, bias), (net.from_state, 0.0)):
        nn.init.constant_(layer.bias.chunk(4)[1], value)
    return net

"""What attention and recurrence cost: parameters by formula, memory by counting, time by the clock."""

import time
from collections.abc import Callable

import torch
from torch.autograd.graph import saved_tensors_hooks


def attention_parameters(width: int) -> int:
    """Count four projections of a vector, each a matrix and a bias; heads do not matter."""
    return 4 * (width**2 + width)


def feed_forward_parameters(width: int, hidden: int) -> int:
    """Count the two linear layers of each place."""
    return 2 * width * hidden + hidden + width


def norm_parameters(width: int) -> int:
    """Count a scale and a shift of each number."""
    return 2 * width


def encoder_layer_parameters(width: int, hidden: int) -> int:
    """Count one attention, one net of each place and two normalizations."""
    return attention_parameters(width) + feed_forward_parameters(width, hidden) + 2 * norm_parameters(width)


def decoder_layer_parameters(width: int, hidden: int) -> int:
    """Count an encoder layer with one attention and one normalization more."""
    return encoder_layer_parameters(width, hidden) + attention_parameters(width) + norm_parameters(width)


def transformer_parameters(
    read_tokens: int, written_tokens: int, width: int, hidden: int, layers: int
) -> int:
    """Count an encoder–decoder: two tables, the layers, two normalizations at the end, and the scores."""
    tables = (read_tokens + written_tokens) * width
    scores = (width + 1) * written_tokens
    a_layer = encoder_layer_parameters(width, hidden) + decoder_layer_parameters(width, hidden)
    return tables + layers * a_layer + 2 * norm_parameters(width) + scores


def kept_for_gradient(compute: Callable[[], torch.Tensor]) -> int:
    """Count the bytes of all tensors that a computation keeps for its gradient, each once.

    Args:
        compute: Gives a result that has a gradient.
    """
    kept: dict[int, torch.Tensor] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        kept[tensor.untyped_storage().data_ptr()] = tensor
        return tensor

    with saved_tensors_hooks(keep, lambda tensor: tensor):
        result = compute()
    size = sum(tensor.untyped_storage().nbytes() for tensor in kept.values())
    del result  # until here its history holds the tensors
    return size


def seconds_of(compute: Callable[[], torch.Tensor], repeats: int) -> float:
    """Give the shortest time that a computation and its gradient take, in seconds of the processor."""
    times = []
    for _ in range(repeats):
        begin = time.process_time()
        compute().sum().backward()
        times.append(time.process_time() - begin)
    return min(times)

"""Time and memory of one layer against the length of its input; a few minutes on a machine at rest.

Times are seconds of the processor, on one thread, the shortest of several: only their ratios are told.
"""

from collections.abc import Callable

import torch
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.costs import kept_for_gradient, seconds_of
from academy.nets.attention import MultiHeadAttention
from torch import nn
from torch.nn import functional as F

LENGTHS = [128, 256, 512, 1_024, 2_048]
WIDTH = 64
HEADS = 4
REPEATS = 5


class Fused(MultiHeadAttention):
    """The same attention by PyTorch's function, which never writes all its weights down."""

    def forward(self, asking: torch.Tensor, telling: torch.Tensor) -> tuple[torch.Tensor, None]:
        """Give the result of self-attention, and no weights."""
        parts = (self.split(each(telling)) for each in (self.queries, self.keys, self.values))
        mixed = F.scaled_dot_product_attention(*parts)
        return self.output(mixed.transpose(1, 2).flatten(2)), None


RECURRENT = {"RNN": nn.RNN, "LSTM": nn.LSTM}
KINDS = (*RECURRENT, "attention", "attention, fused")


def layer(kind: str, inputs: torch.Tensor) -> Callable[[], torch.Tensor]:
    """Make one layer, and give what computes it for some inputs."""
    if kind in RECURRENT:
        recurrent = RECURRENT[kind](WIDTH, WIDTH, batch_first=True)
        return lambda: recurrent(inputs)[0]
    attention = (Fused if kind == "attention, fused" else MultiHeadAttention)(WIDTH, HEADS)
    return lambda: attention(inputs, inputs)[0]


def run(kind: str, length: int, repeats: int = REPEATS) -> Row:
    """Measure one layer, forward and back."""
    torch.manual_seed(0)
    compute = layer(kind, torch.randn(1, length, WIDTH))
    return {"seconds": seconds_of(compute, repeats), "bytes": kept_for_gradient(compute)}


def main(workers: Workers) -> None:
    """Measure every kind at every length."""
    settings = {"seeds": [0], "lengths": LENGTHS, "width": WIDTH, "heads": HEADS, "repeats": REPEATS}
    rows = [{"kind": kind, "length": length} for kind in KINDS for length in LENGTHS]
    sweep = Sweep(rows, run, "lessons/lesson7/lengths", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

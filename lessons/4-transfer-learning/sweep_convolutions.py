"""Convolutions of 3×3, 1×1 and depthwise separable ones: multiply-adds, and the time they take here."""

import time

import torch
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.blocks import convolution, separable
from academy.lessons.lesson4.counting import multiply_adds, parameters
from torch import nn

KINDS = ["3×3", "1×1", "depthwise 3×3", "separable"]
CHANNELS = [16, 32, 64, 128]
SIDE = 28
BATCH_SIZE = 10
PASSES = 30
SEED = 0


def build(kind: str, channels: int) -> nn.Sequential:
    """Build one convolution with normalization and ReLU; a separable one has two."""
    return {
        "3×3": lambda: convolution(channels, channels, 3),
        "1×1": lambda: convolution(channels, channels, 1),
        "depthwise 3×3": lambda: convolution(channels, channels, 3, groups=channels),
        "separable": lambda: separable(channels, channels),
    }[kind]()


def run(kind: str, channels: int) -> Row:
    """Count and time one kind of convolution, there and back."""
    seed_everything(SEED)
    net = build(kind, channels).to(memory_format=torch.channels_last)
    images = torch.rand(BATCH_SIZE, channels, SIDE, SIDE, requires_grad=True)
    seconds = []
    for _ in range(PASSES):
        begin = time.process_time()
        net(images).sum().backward()
        seconds.append(time.process_time() - begin)
    return {
        "kind": kind,
        "channels": channels,
        "parameters": parameters(net),
        "multiply_adds": multiply_adds(net, images[:1]),
        "milliseconds": round(1000 * min(seconds), 3),
    }


def main(workers: Workers) -> None:
    """Count and time each kind with several numbers of channels."""
    settings = {
        "seeds": [SEED],
        "side": SIDE,
        "batch_size": BATCH_SIZE,
        "multiply_adds": "of one picture, forwards",
        "milliseconds": "processor time of one thread for a batch, there and back, the fastest of 30",
    }
    rows = [{"kind": kind, "channels": channels} for channels in CHANNELS for kind in KINDS]
    sweep = Sweep(rows, run, "lessons/lesson4/convolutions", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)

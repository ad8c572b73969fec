"""What a hand-in to the spiral's competition holds, written without the package."""

import torch

TOML = """\
name = "Six tanh"
author = "A reader"
class = "shallow"
widths = [2, 6, 3, 1]
activations = ["tanh", "tanh"]
training = "2,000 steps of Adam"
seed = 3
link = "https://example.org/notebook"

[claims]
parameters = 43
accuracy = 0.5
"""


def tensors_of(widths, seed=0):
    """Draw weights for a shape, under the names that the rules ask for."""
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for index in range(len(widths) - 1):
        shape = (widths[index + 1], widths[index])
        tensors[f"layers.{index}.weight"] = torch.randn(shape, generator=generator)
        tensors[f"layers.{index}.bias"] = torch.randn(shape[0], generator=generator)
    return tensors

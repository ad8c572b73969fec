import math

import torch
from academy.nets.sine import Sine


def test_it_is_the_sine_in_radians():
    values = [-2.0, 0.0, 0.5, math.pi]
    expected = torch.tensor([math.sin(value) for value in values])
    torch.testing.assert_close(Sine()(torch.tensor(values)), expected)

import random

import numpy as np
import pytest
import torch
from academy.learn.seeds import seed_everything

SOURCES = {
    "Python": random.random,
    "NumPy": np.random.rand,
    "PyTorch": lambda: torch.rand(()).item(),
}


@pytest.mark.parametrize("name", SOURCES)
def test_one_seed_gives_the_same_numbers_again_and_another_seed_others(name):
    draw = SOURCES[name]
    drawn = []
    for seed in (3, 3, 4):
        seed_everything(seed)
        drawn.append([draw() for _ in range(3)])
    assert drawn[0] == drawn[1] != drawn[2]

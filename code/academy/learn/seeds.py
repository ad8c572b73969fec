"""One seed for every source of chance."""

import random

import numpy as np
import torch


def seed_everything(seed: int) -> None:
    """Start Python's, NumPy's and PyTorch's random numbers from one seed."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)

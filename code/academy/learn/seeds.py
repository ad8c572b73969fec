"""One seed for every source of chance, and the state of each."""

import random
from typing import Any

import numpy as np
import torch


def seed_everything(seed: int) -> None:
    """Start Python's, NumPy's and PyTorch's random numbers from one seed."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def random_states() -> dict[str, Any]:
    """Read where the random numbers of Python, NumPy and PyTorch are, as tensors and numbers.

    NumPy's are those of ``np.random``; a generator of one's own has a state of its own.
    """
    version, words, gauss = random.getstate()
    name, keys, position, has_gauss, cached = np.random.get_state()
    return {
        "python": (version, torch.tensor(words), gauss),
        "numpy": (name, torch.from_numpy(np.asarray(keys).astype(np.int64)), position, has_gauss, cached),
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
    }


def set_random_states(states: dict[str, Any]) -> None:
    """Go on with the random numbers where :func:`random_states` has read them."""
    version, words, gauss = states["python"]
    random.setstate((version, tuple(words.tolist()), gauss))
    name, keys, *rest = states["numpy"]
    np.random.set_state((name, keys.numpy().astype(np.uint32), *rest))
    torch.set_rng_state(states["torch"])
    for device, state in zip(range(torch.cuda.device_count()), states["cuda"]):
        torch.cuda.set_rng_state(state, device)

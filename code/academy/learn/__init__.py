"""Training: seeds, many nets at once, runs on the spiral, and the results of sweeps."""

from academy.learn.ensembles import train_together
from academy.learn.seeds import seed_everything
from academy.learn.spiral_runs import SpiralRuns, fresh_nets, train_on_spirals
from academy.learn.sweeps import read_sweep, write_sweep

__all__ = [
    "SpiralRuns",
    "fresh_nets",
    "read_sweep",
    "seed_everything",
    "train_on_spirals",
    "train_together",
    "write_sweep",
]

"""Training: seeds, the loop, optimizers, many nets at once, and the results of sweeps."""

from academy.learn.batches import shuffled_batches
from academy.learn.clothes_runs import accuracies, clothes, train_on_clothes
from academy.learn.ensembles import Ensemble, train_classifiers, train_together
from academy.learn.seeds import seed_everything
from academy.learn.spiral_runs import SpiralRuns, fresh_nets, train_on_spirals
from academy.learn.sweeps import read_sweep, write_sweep
from academy.learn.training import History, evaluate, predict, train

__all__ = [
    "Ensemble",
    "History",
    "SpiralRuns",
    "accuracies",
    "clothes",
    "evaluate",
    "fresh_nets",
    "predict",
    "read_sweep",
    "seed_everything",
    "shuffled_batches",
    "train",
    "train_classifiers",
    "train_on_clothes",
    "train_on_spirals",
    "train_together",
    "write_sweep",
]

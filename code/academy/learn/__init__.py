"""The training loop and what belongs to it: seeds, device, metrics."""

from academy.learn.ensembles import train_together
from academy.learn.seeds import seed_everything

__all__ = ["seed_everything", "train_together"]

"""The two towers that the chapter searches with, as ``train_clip.py`` made them."""

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from academy.atomic import atomic_path
from academy.lessons.lesson8.contrastive import Recipe
from academy.lessons.lesson8.dual_encoder import DualEncoder, Locked, Tower
from academy.lessons.lesson8.pair_vectors import WIDTH
from academy.nets import minilm

SHIPPED = Recipe(locked=True, keywords=False, weight_decay=1.0)
"""The best of a dozen on the concepts of validation."""
FILE = Path(__file__).parent / "results" / "clip.safetensors"


def keep(model: DualEncoder, file: Path = FILE) -> None:
    """Write the weights of two towers in float16, whole or not at all."""
    with atomic_path(file) as unfinished:
        save_file({name: tensor.half() for name, tensor in model.state_dict().items()}, unfinished)


def clip(file: Path = FILE) -> DualEncoder:
    """Load the two towers, frozen and in evaluation mode."""
    model = DualEncoder(Tower(WIDTH, SHIPPED.hidden, width=minilm.WIDTH), Locked(torch.zeros(minilm.WIDTH)))
    model.load_state_dict({name: tensor.float() for name, tensor in load_file(file).items()})
    return model.eval().requires_grad_(False)

"""Towers that have seen nothing the twelve kinds are judged by; some come along, as steps."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import torch
from safetensors.torch import save_file

from academy.atomic import atomic_path
from academy.lessons.lesson8 import pair_vectors
from academy.lessons.lesson8.contrastive import Pairs, emoji_pairs, trained
from academy.lessons.lesson8.dual_encoder import DualEncoder, Locked, Tower
from academy.lessons.lesson8.kinds_apart import towers_may_see
from academy.lessons.lesson8.shipped import SHIPPED
from academy.nets import minilm

RESULTS = Path(pair_vectors.__file__).parent / "results"
PLAIN, WITH_WORDS = "kind_towers", "word_towers"
"""Files of towers: of the first seed, and of the same seed with words on some training pictures."""


@cache
def kind_pairs() -> Pairs:
    """Read the pairs that these towers are trained on."""
    return emoji_pairs(SHIPPED, towers_may_see())


def trained_towers(seed: int, pairs: Pairs | None = None) -> DualEncoder:
    """Train towers as the shipped ones were, from a seed, on the pairs of this file or on others."""
    return trained(replace(SHIPPED, seed=seed), pairs or kind_pairs())


def keep(model: DualEncoder, name: str = PLAIN) -> None:
    """Write the weights of towers, each matrix as whole steps of its columns, under a name."""
    kept: dict[str, torch.Tensor] = {}
    for weights, tensor in model.state_dict().items():
        if tensor.dim() == 2:
            kept[weights], kept[f"{weights} step"] = pair_vectors.rounded(tensor)
        else:
            kept[weights] = tensor
    with atomic_path(RESULTS / f"{name}.safetensors") as unfinished:
        save_file(kept, unfinished)


@cache
def kind_towers(name: str = PLAIN) -> DualEncoder:
    """Load towers by the name of their file, in evaluation mode."""
    kept = pair_vectors.read(name)
    steps = {each.removesuffix(" step"): kept.pop(each) for each in list(kept) if each.endswith(" step")}
    model = DualEncoder(
        Tower(pair_vectors.WIDTH, SHIPPED.hidden, width=minilm.WIDTH), Locked(torch.zeros(minilm.WIDTH))
    )
    model.load_state_dict(
        {each: tensor.float() * steps[each] if each in steps else tensor for each, tensor in kept.items()}
    )
    return model.eval()

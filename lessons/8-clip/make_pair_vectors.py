"""Vectors of all emoji in four styles, by the frozen ImageNet backbone; about 9 minutes of one core."""

from pathlib import Path

import torch
from academy.atomic import atomic_path
from academy.data.emoji import STYLES, all_emoji, emoji_pictures
from academy.lessons.lesson8 import pair_vectors
from academy.lessons.lesson8.concepts import SEEN_STYLES, concept_split
from academy.nets.pretrained import image_backbone
from safetensors.torch import save_file

RESULTS = Path(pair_vectors.__file__).parent / "results"
BATCH_SIZE = 32


@torch.no_grad()
def features(style: str) -> torch.Tensor:
    """Ask the backbone about every emoji in a style: shape (count, 1280)."""
    backbone, emoji = image_backbone(), all_emoji()
    batches = [emoji[start : start + BATCH_SIZE] for start in range(0, len(emoji), BATCH_SIZE)]
    return torch.cat(
        [backbone(emoji_pictures(batch, [style], pair_vectors.SIDE).images) for batch in batches]
    )


def write(features_of: dict[str, torch.Tensor]) -> None:
    """Fit the basis on what is trained on, and write it and the vectors of all."""
    known = [pair_vectors.places()[each.name] for each in concept_split().train]
    basis = pair_vectors.fitted_basis(torch.cat([features_of[style][known] for style in SEEN_STYLES]))
    vectors = torch.cat([pair_vectors.projected(each, basis) for each in features_of.values()])
    steps, step = pair_vectors.rounded(vectors)
    kept = dict(zip(features_of, steps.split(len(all_emoji())))) | {"step": step}
    save("pair_basis", {name: tensor.half() for name, tensor in basis._asdict().items()})
    save("pair_vectors", {name: tensor.contiguous() for name, tensor in kept.items()})


def save(name: str, tensors: dict[str, torch.Tensor]) -> None:
    """Write a file of tensors, whole or not at all."""
    with atomic_path(RESULTS / f"{name}.safetensors") as unfinished:
        save_file(tensors, unfinished)


if __name__ == "__main__":
    write({style: features(style) for style in STYLES})

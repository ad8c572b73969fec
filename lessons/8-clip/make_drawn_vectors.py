"""Vectors of pictures with words, and of two things in one picture; about 3 minutes of one core."""

from pathlib import Path

import torch
from academy.atomic import atomic_path
from academy.lessons.lesson8 import compositions, drawn_vectors, pair_vectors, written_words
from academy.nets.pretrained import image_backbone
from safetensors.torch import save_file

RESULTS = Path(pair_vectors.__file__).parent / "results"
BATCH_SIZE = 32


@torch.no_grad()
def halves(images: torch.Tensor) -> torch.Tensor:
    """Give the vectors of the upper and lower half of pictures, shape (2, count, 256)."""
    backbone = image_backbone()
    found = []
    for batch in images.split(BATCH_SIZE):
        maps = backbone.network.forward_features(backbone.prepare(batch))  # (batch, 1280, 7, 7)
        found.append(drawn_vectors.pooled_halves(maps))
    return torch.stack(
        [pair_vectors.projected(part, pair_vectors.basis()) for part in torch.cat(found, dim=1)]
    )


@torch.no_grad()
def whole(images: torch.Tensor) -> torch.Tensor:
    """Give the vectors of pictures, shape (count, 256)."""
    backbone = image_backbone()
    return torch.cat(
        [pair_vectors.projected(backbone(batch), pair_vectors.basis()) for batch in images.split(BATCH_SIZE)]
    )


def write(name: str, vectors: dict[str, torch.Tensor]) -> None:
    """Keep vectors as steps, all with the same ones."""
    steps, step = pair_vectors.rounded(torch.cat(list(vectors.values())))
    parts = zip(vectors, steps.split([len(each) for each in vectors.values()]))
    with atomic_path(RESULTS / f"{name}.safetensors") as unfinished:
        save_file({part: kept.contiguous() for part, kept in parts} | {"step": step}, unfinished)


def write_words() -> None:
    """Draw pictures with words, and keep their vectors."""
    words = {
        "own": written_words.own_words(),
        "any": written_words.any_words(),
        "wrong": written_words.wrong_words(),
    }
    write("word_vectors", {part: whole(written_words.written_pictures(each)) for part, each in words.items()})


def write_compositions() -> None:
    """Draw two things in one picture, in both orders, and keep the vectors of both halves."""
    pairs = {"train": compositions.known_pairs(), "test": compositions.unseen_pairs()}
    vectors = {}
    for part, listed in pairs.items():
        images = torch.stack([compositions.composed(each) for each in compositions.both_orders(listed)])
        vectors |= dict(zip((f"{part} above", f"{part} below"), halves(images)))
    write("composition_vectors", vectors)


if __name__ == "__main__":
    torch.set_num_threads(1)
    write_words()
    write_compositions()

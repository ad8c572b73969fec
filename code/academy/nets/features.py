"""Features of images, computed once: a cache on disk, keyed by each picture and by the weights."""

import hashlib
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

from academy.assets.settings import cache_folder
from academy.atomic import atomic_path

BATCH_SIZE = 32
"""Images that the network sees at once."""


def cached_features(
    backbone: nn.Module, images: torch.Tensor, folder: Path | None = None, batch_size: int = BATCH_SIZE
) -> torch.Tensor:
    """Turn images into features, each image once: what is on disk is not computed again.

    An entry belongs to one picture, pixel by pixel, and to one network: its weights, its layers and how it
    prepares pictures. An entry that is damaged or not whole is made again; nothing in it is ever run.

    Args:
        backbone: Turns images into features, one row an image; in evaluation mode.
        images: Shape (count, channels, height, width).
        folder: Where the entries are; ``features`` in the cache of the assets when None.
        batch_size: Images that the network sees at once.

    Returns:
        Shape (count, features), float32.

    Raises:
        ValueError: If the network is in training mode, where features depend on the neighbors in the batch.
    """
    if backbone.training:
        raise ValueError("the network is in training mode: call `backbone.eval()` first")
    shelf = (folder or cache_folder() / "features") / network_key(backbone)[:16]
    shelf.mkdir(parents=True, exist_ok=True)
    entries = [shelf / f"{picture_key(image)}.safetensors" for image in images]
    known = {entry: read_entry(entry) for entry in entries}
    missing = {entry: place for place, entry in enumerate(entries) if known[entry] is None}
    for places in torch.tensor(list(missing.values()), dtype=torch.long).split(batch_size):
        with torch.no_grad():
            computed = backbone(images[places]).float()
        for place, features in zip(places.tolist(), computed):
            write_entry(entries[place], features)
            known[entries[place]] = features
    return torch.stack([known[entry] for entry in entries])  # type: ignore[misc]


def network_key(network: nn.Module) -> str:
    """Hash a network: its layers, its settings and all of its weights."""
    content = hashlib.sha256(repr(network).encode())
    for name, tensor in network.state_dict().items():
        content.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        content.update(bytes_of(tensor))
    return content.hexdigest()


def picture_key(image: torch.Tensor) -> str:
    """Hash a picture: its kind of numbers, its shape and all of its pixels."""
    return hashlib.sha256(f"{image.dtype} {tuple(image.shape)}".encode() + bytes_of(image)).hexdigest()


def bytes_of(tensor: torch.Tensor) -> bytes:
    """Give the numbers of a tensor as they lie in memory."""
    return tensor.detach().cpu().reshape(-1).view(torch.uint8).numpy().tobytes()


def write_entry(entry: Path, features: torch.Tensor) -> None:
    """Write the features of one picture with a sum of their bytes, whole or not at all."""
    metadata = {"sha256": hashlib.sha256(bytes_of(features)).hexdigest()}
    with atomic_path(entry) as unfinished:
        save_file({"features": features.contiguous()}, unfinished, metadata=metadata)


def read_entry(entry: Path) -> torch.Tensor | None:
    """Read the features of one picture; None where there are none, or where they are damaged."""
    try:
        with safe_open(entry, framework="pt") as file:
            features: torch.Tensor = file.get_tensor("features")
            whole = file.metadata()["sha256"] == hashlib.sha256(bytes_of(features)).hexdigest()
    except (OSError, SafetensorError, KeyError, TypeError):
        return None
    return features if whole else None

"""What hand-ins to the competitions hold, written without the package."""

import json
from pathlib import Path

import torch

SPIRAL = {
    "name": "Six tanh",
    "author": "A reader",
    "class": "shallow",
    "widths": [2, 6, 3, 1],
    "activations": ["tanh", "tanh"],
    "training": "2,000 steps of Adam",
    "seed": 3,
    "link": "https://example.org/notebook",
    "claims": {"parameters": 43, "accuracy": 0.5},
}
FASHION = {
    "name": "A line for each class",
    "author": "A reader",
    "training": "2 epochs of Adam",
    "seed": 3,
    "link": "https://example.org/notebook",
    "worked": "a smaller rate at the end",
    "failed": "momentum",
    "training_seconds": 12.5,
    "machine": "1 core",
    "architecture": "linear",
    "claims": {"parameters": 7850, "accuracy": 0.5},
}


def toml_of(entries):
    """Write a description; its claims stand in a table at the end."""
    plain = [f"{name} = {json.dumps(entry)}" for name, entry in entries.items() if name != "claims"]
    claims = [f"{name} = {json.dumps(entry)}" for name, entry in entries["claims"].items()]
    return "\n".join([*plain, "", "[claims]", *claims]) + "\n"


TOML = toml_of(SPIRAL)


def without(entries, *names):
    """Leave entries out."""
    return {name: entry for name, entry in entries.items() if name not in names}


def write_hand_in(place, toml, files):
    """Write a folder with a description and other files, given as bytes."""
    place.mkdir(parents=True)
    (place / "submission.toml").write_text(toml, encoding="utf-8")
    for name, content in files.items():
        Path(place, name).write_bytes(content)
    return place


def tensors_of(widths, seed=0):
    """Draw weights for a shape, under the names that the spiral's rules ask for."""
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for index in range(len(widths) - 1):
        shape = (widths[index + 1], widths[index])
        tensors[f"layers.{index}.weight"] = torch.randn(shape, generator=generator)
        tensors[f"layers.{index}.bias"] = torch.randn(shape[0], generator=generator)
    return tensors


def linear_weights(seed=0):
    """Draw weights for the linear classifier of clothes, under its names."""
    generator = torch.Generator().manual_seed(seed)
    return {
        "1.weight": torch.randn(10, 784, generator=generator),
        "1.bias": torch.randn(10, generator=generator),
    }


def refusal_of(entry):
    """Return why a hand-in is refused, once the reason is known to be one sentence."""
    assert entry.status == "refused"
    assert entry.accuracy is None
    assert entry.reason.endswith(".")
    assert "\n" not in entry.reason
    assert len(entry.reason) < 400
    return entry.reason

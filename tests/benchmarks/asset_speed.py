"""How fast assets are read and found, beside other ways; reported and not asserted."""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from academy.assets import receipts
from academy.assets.cache import fetch
from academy.assets.registry import find
from academy.data.images import fashion_mnist
from torchvision.datasets import FashionMNIST
from torchvision.transforms.functional import pil_to_tensor


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Take the best of several runs, as other work on the machine only ever slows one down."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def image_by_image(root: Path, train: bool) -> torch.Tensor:
    """Build one tensor the way a loader would, through the pictures that torchvision hands out."""
    return torch.stack([pil_to_tensor(image) for image, _ in FashionMNIST(root, train=train)])


def fashion_mnist_to_tensors(folder: Path) -> None:
    """Time ours beside torchvision's."""
    (folder / "FashionMNIST").mkdir()
    (folder / "FashionMNIST" / "raw").symlink_to(fetch("fashion-mnist"))
    parts = (True, False)
    ours = seconds(fashion_mnist, repeats=7)
    read = seconds(lambda: [FashionMNIST(folder, train=train).data for train in parts], repeats=7)
    stacked = seconds(lambda: [image_by_image(folder, train) for train in parts], repeats=1)
    print(f"Fashion-MNIST to tensors takes {ours * 1e3:.0f} ms")
    print(f"torchvision takes {read / ours:.1f} times as long, and {stacked / ours:.0f} times image by image")


def a_cache_hit_beside_a_verification() -> None:
    """Time what a fetch does each time, beside what it does once."""
    asset = find("fashion-mnist")
    fetch(asset.name)
    hit = seconds(lambda: fetch(asset.name), repeats=7)
    verified = seconds(lambda: receipts.damaged(asset), repeats=3)
    print(f"a cache hit takes {hit * 1e3:.2f} ms")
    print(f"hashing the same {asset.bytes / 1e6:.0f} MB takes {verified / hit:.0f} times as long")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        fashion_mnist_to_tensors(Path(folder))
    a_cache_hit_beside_a_verification()

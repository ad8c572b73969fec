"""The GPT that the lesson's long training left: weights as float16, half the bytes of float32."""

from pathlib import Path

from safetensors.torch import load_file, save_file

from academy.atomic import atomic_path
from academy.lessons.lesson7.gpt import GPT, Size

FILE = Path(__file__).with_name("results") / "gpt.safetensors"


def keep_weights(network: GPT, file: Path = FILE) -> None:
    """Write a network's weights, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(file) as unfinished:
        save_file({name: each.half() for name, each in network.state_dict().items()}, unfinished)


def lesson_gpt(file: Path = FILE) -> GPT:
    """Load the GPT that ``train_gpt.py`` trained, frozen and in evaluation mode."""
    network = GPT(Size())
    network.load_state_dict(load_file(file))
    return network.eval().requires_grad_(False)

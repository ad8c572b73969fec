"""The captioners that the lesson's training left: weights as float16, half the bytes of float32."""

from pathlib import Path

from safetensors.torch import load_file, save_file

from academy.atomic import atomic_path
from academy.lessons.lesson8.caption_training import Captioner, untrained

FOLDER = Path(__file__).with_name("results")


def keep_weights(model: Captioner, kind: str, folder: Path = FOLDER) -> None:
    """Write a captioner's weights, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {
        name: each.half() if each.is_floating_point() else each for name, each in model.state_dict().items()
    }
    with atomic_path(folder / f"captioner_{kind}.safetensors") as unfinished:
        save_file(kept, unfinished)


def lesson_captioner(kind: str, folder: Path = FOLDER) -> Captioner:
    """Load a captioner that ``train_captioners.py`` trained, frozen and in evaluation mode."""
    model = untrained(kind)
    model.load_state_dict(load_file(folder / f"captioner_{kind}.safetensors"))
    return model.eval().requires_grad_(False)

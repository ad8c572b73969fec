"""A network handed in as ONNX: judged and run in a process of its own, never in this one."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

import academy
from academy.compete.files import regular_file
from academy.compete.refused import Refused
from academy.sandbox import onnx_run
from academy.sandbox.onnx_graph import CLASSES, FILE, INPUT, OUTPUT

__all__ = ["FILE", "INPUT", "OUTPUT", "run"]

SECONDS = 60
"""Of which a build, whose cells have 600, can spare nine."""
GIGABYTES = 2
NEEDED = ("onnx", "onnxruntime", "psutil")
LARGEST_OUTCOME = 10_000
LONGEST_SENTENCE = 350


def run(
    content: bytes, images: torch.Tensor, seconds: float = SECONDS, gigabytes: float = GIGABYTES
) -> tuple[torch.Tensor, int]:
    """Have a network answer.

    Args:
        content: The ONNX file.
        images: Shape (count, 1, 28, 28), float32 from 0 to 1.
        seconds: Time that it may take, on one core.
        gigabytes: Memory that it may use, in 10⁹ bytes.

    Returns:
        Logits, shape (count, 10), float32, finite; and how many float32 numbers the file stores.

    Raises:
        Refused: If the file breaks a rule or a limit, or what runs it is not installed.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise Refused(f"{FILE} cannot be scored here: pip install {' '.join(missing)}")
    from academy.sandbox.limits import LimitExceeded, run_limited

    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / FILE).write_bytes(content)
        np.save(folder / onnx_run.IMAGES_FILE, images.numpy())
        command = [sys.executable, "-m", onnx_run.__name__, name]
        package = str(Path(academy.__path__[0]).parent)
        try:
            run_limited(command, seconds, gigabytes, name, {"PYTHONPATH": package, "OMP_NUM_THREADS": "1"})
        except LimitExceeded as limit:
            raise Refused(f"{FILE} {limit}; it has {seconds:g} seconds and {gigabytes:g} GB") from None
        return read_outcome(folder, len(images))


def read_outcome(folder: Path, count: int) -> tuple[torch.Tensor, int]:
    """Read what the process left, trusting none of it."""
    try:
        outcome = json.loads(regular_file(folder / onnx_run.OUTCOME_FILE, LARGEST_OUTCOME))
        if "refused" in outcome:
            sentence = "".join(each if each.isprintable() else "?" for each in outcome["refused"])
        else:
            content = regular_file(folder / onnx_run.LOGITS_FILE, 4 * CLASSES * count)
            logits = torch.from_numpy(np.frombuffer(content, "<f4").reshape(count, CLASSES).copy())
            return logits, int(outcome["parameters"])
    except (Refused, RecursionError, ValueError, KeyError, TypeError):
        sentence = f"{FILE} ended the program that ran it before it gave an answer"
    raise Refused(sentence[:LONGEST_SENTENCE])

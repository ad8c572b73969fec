"""A network handed in as ONNX: judged and run in a process of its own, never in this one."""

import json
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

import academy
from academy.compete.files import regular_file
from academy.compete.refused import Refused
from academy.foreign import cleaned
from academy.sandbox import onnx_run
from academy.sandbox.onnx_graph import CLASSES, FILE, INPUT, OUTPUT
from academy.web.onnx_files import TO_RUN, missing_packages

__all__ = ["FILE", "INPUT", "OUTPUT", "run"]

SECONDS = 60
"""Of which a build, whose cells have 600, can spare nine."""
GIGABYTES = 2
LARGEST_OUTCOME = 10_000
LONGEST_SENTENCE = 350
ENDED = f"{FILE} ended the program that ran it before it gave an answer"


def run(
    content: bytes, images: torch.Tensor, seconds: float = SECONDS, gigabytes: float = GIGABYTES
) -> tuple[torch.Tensor, int]:
    """Have a network answer, on pictures in an order that is drawn afresh and kept from it.

    Args:
        content: The ONNX file.
        images: Shape (count, 1, 28, 28), float32 from 0 to 1.
        seconds: Time that it may take, on one core.
        gigabytes: Memory that it may use, in 10⁹ bytes.

    Returns:
        Logits, shape (count, 10), float32, finite, in the order of the images; and what the file counts.

    Raises:
        Refused: If the file breaks a rule or a limit, or what runs it is not installed.
    """
    if install := missing_packages(TO_RUN):
        raise Refused(f"to score {FILE}, packages are missing: {install}")
    from academy.sandbox.limits import LimitExceeded, run_limited

    order = secrets.SystemRandom().sample(range(len(images)), len(images))
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / FILE).write_bytes(content)
        np.save(folder / onnx_run.IMAGES_FILE, images[order].numpy())
        command = [sys.executable, "-m", onnx_run.__name__, name]
        package = str(Path(academy.__path__[0]).parent)
        try:
            run_limited(command, seconds, gigabytes, name, {"PYTHONPATH": package, "OMP_NUM_THREADS": "1"})
        except LimitExceeded as limit:
            raise Refused(f"{FILE} {limit}; it has {seconds:g} seconds and {gigabytes:g} GB") from None
        shuffled, parameters = read_outcome(folder, len(images), len(content))
    logits = torch.empty_like(shuffled)
    logits[order] = shuffled
    return logits, parameters


def read_outcome(folder: Path, count: int, most: int) -> tuple[torch.Tensor, int]:
    """Read what the process left, trusting none of it.

    Args:
        folder: Where it ran.
        count: How many pictures it had.
        most: Parameters that its file can hold at all.

    Raises:
        Refused: If it refused the file, or left anything but an answer.
    """
    try:
        outcome = json.loads(regular_file(folder / onnx_run.OUTCOME_FILE, LARGEST_OUTCOME))
        if "refused" in outcome:
            sentence = cleaned(outcome["refused"], LONGEST_SENTENCE)
        elif type(parameters := outcome["parameters"]) is int and 0 <= parameters <= most:
            content = regular_file(folder / onnx_run.LOGITS_FILE, 4 * CLASSES * count)
            logits = torch.from_numpy(np.frombuffer(content, "<f4").reshape(count, CLASSES).copy())
            return logits, parameters
        else:
            sentence = ENDED
    except (Refused, RecursionError, ValueError, KeyError, TypeError, AttributeError):
        sentence = ENDED
    raise Refused(sentence)

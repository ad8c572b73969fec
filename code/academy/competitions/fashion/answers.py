"""What a network answers on a test set, kept between builds: only what has changed is measured again."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch

from academy.atomic import atomic_write

CLASSES = 10


@dataclass(frozen=True)
class Answers:
    """The classes that a network names, and how many numbers it was trained to have."""

    predictions: torch.Tensor
    """Shape (count,), int64, from 0 to 9."""
    parameters: int


def kept(folder: Path | None, parts: Iterable[bytes], count: int, measure: Callable[[], Answers]) -> Answers:
    """Measure, unless the same was measured before.

    Args:
        folder: Where answers are kept, one file each; None keeps nothing. Whoever can write there decides
            what is found there.
        parts: All that decides the answers.
        count: How many pictures there are.
        measure: Gives the answers.
    """
    if folder is None:
        return measure()
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    path = folder / f"{digest.hexdigest()}.json"
    if (found := read(path, count)) is not None:
        return found
    answers = measure()
    folder.mkdir(parents=True, exist_ok=True)
    atomic_write(path, written(answers))
    return answers


def written(answers: Answers) -> str:
    """Write answers: the classes as one long row of digits."""
    row = "".join(map(str, answers.predictions.tolist()))
    return json.dumps({"predictions": row, "parameters": answers.parameters})


def read(path: Path, count: int) -> Answers | None:
    """Read answers; None where there are none, or something else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        row, parameters = found["predictions"], found["parameters"]
        whole = re.fullmatch(rf"[0-9]{{{count}}}", row) is not None and type(parameters) is int
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return Answers(torch.tensor([int(digit) for digit in row]), parameters) if whole else None

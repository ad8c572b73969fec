"""Results of runs too long for a page: a small file in the package, so that a notebook finds it anywhere."""

import json
import platform
from os import cpu_count
from pathlib import Path
from typing import Any

import torch

from academy.atomic import atomic_write

PACKAGE = Path(__file__).parents[1]

Row = dict[str, Any]


def file_of(name: str) -> Path:
    """Name the file of a sweep: in the folder ``results`` of the lesson or competition that it belongs to."""
    place, _, varied = name.rpartition("/")
    return PACKAGE / place / "results" / f"{varied}.json"


def write_sweep(name: str, settings: Row, rows: list[Row], seconds: float) -> Path:
    """Write the results of a sweep, whole or not at all, with versions and the kind of machine.

    Args:
        name: Where it belongs and what was varied, as in ``lessons/lesson1/width_depth``.
        settings: What all runs share: seeds, steps, sizes.
        rows: What was varied in each run and what came out.
        seconds: Time that all runs took together.

    Returns:
        The JSON file made.
    """
    machine = f"{platform.system()} {platform.machine()}, {cpu_count()} cores"
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    head = {"settings": settings, "machine": machine, "versions": versions, "seconds": round(seconds)}
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    table = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    path = file_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(path, "\n".join(["{", *lines, '  "rows": [', table, "  ]", "}", ""]))
    return path


def read_sweep(name: str) -> Row:
    """Read what :func:`write_sweep` wrote.

    Args:
        name: Where it belongs and what was varied, as in ``lessons/lesson1/width_depth``.

    Returns:
        The keys ``settings``, ``machine``, ``versions``, ``seconds`` and ``rows``.

    Raises:
        FileNotFoundError: If there is no such sweep; the message lists those there are.
    """
    path = file_of(name)
    if not path.exists():
        names = sorted(file.stem for file in path.parent.glob("*.json"))
        raise FileNotFoundError(f"there is no sweep {name!r}; beside it are {names}")
    found: Row = json.loads(path.read_text(encoding="utf-8"))
    return found

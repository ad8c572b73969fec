"""Results of runs too long for a page: a small file in the package, so that a notebook finds it anywhere."""

import json
import platform
from os import cpu_count
from pathlib import Path
from typing import Any

import torch

from academy.atomic import atomic_write

RESULTS = Path(__file__).with_name("results")

Row = dict[str, Any]


def write_sweep(name: str, settings: Row, rows: list[Row], seconds: float) -> Path:
    """Write the results of a sweep, whole or not at all, with versions and the kind of machine.

    Args:
        name: The lesson and what was varied, as in ``lesson1_width_depth``.
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
    path = RESULTS / f"{name}.json"
    atomic_write(path, "\n".join(["{", *lines, '  "rows": [', table, "  ]", "}", ""]))
    return path


def read_sweep(name: str) -> Row:
    """Read what :func:`write_sweep` wrote.

    Args:
        name: The lesson and what was varied, as in ``lesson1_width_depth``.

    Returns:
        The keys ``settings``, ``machine``, ``versions``, ``seconds`` and ``rows``.

    Raises:
        FileNotFoundError: If there is no such sweep; the message lists those there are.
    """
    path = RESULTS / f"{name}.json"
    if not path.exists():
        names = sorted(file.stem for file in RESULTS.glob("*.json"))
        raise FileNotFoundError(f"there is no sweep {name!r}, only {names}")
    found: Row = json.loads(path.read_text(encoding="utf-8"))
    return found

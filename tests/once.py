"""What is made once for all the workers that share the tests."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of this run of the tests that all workers see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[], Any]) -> Any:
    """Return what a function makes; it is called by the first worker that asks, the others wait for it.

    Args:
        tmp_path_factory: Of the worker.
        name: What is made; no other call may use it.
        make: Returns what JSON can hold: numbers, texts, lists, dictionaries. If it fails, the next one that
            asks calls it again.
    """
    folder = shared_folder(tmp_path_factory)
    kept = folder / f"{name}.json"
    with FileLock(folder / f"{name}.lock"):
        if not kept.exists():
            kept.write_text(json.dumps(make()), encoding="utf-8")
        return json.loads(kept.read_text(encoding="utf-8"))

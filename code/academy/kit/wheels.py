"""The package `academy` as a wheel, and what it needs as further wheels."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from academy.kit.errors import KitError

SOURCES = ["code", "pyproject.toml", "README.md", "LICENSE"]
"""What the wheel is built from."""
LOCK = "requirements.txt"
EXTRAS = "apps,grading"
"""Of the package: Homework 4 builds an app; the kernel of notebooks comes with what grades them."""
OPENS_NOTEBOOKS = "jupyterlab"
BUILD = "from setuptools import build_meta; import sys; build_meta.build_wheel(sys.argv[1])"
LONGEST_REASON = 2000
"""Characters of what a failed command said that are repeated: the end."""


def expect_checkout(book: Path) -> None:
    """Refuse a folder that holds no sources of the package.

    Raises:
        KitError: If so.
    """
    if absent := [name for name in (*SOURCES, LOCK) if not (book / name).exists()]:
        raise KitError(
            f"A kit is made from a checkout of the book, but {book} has no {absent[0]}. "
            "Run the command of a checkout: .venv/bin/academy kit FOLDER"
        )


def build(book: Path, folder: Path) -> Path:
    """Build the package's wheel, without network.

    It is built from a copy, so that nothing is written into the checkout and no older build is in it.

    Args:
        book: A checkout of the book.
        folder: Where the wheel comes; it is there.

    Returns:
        The wheel.

    Raises:
        KitError: If the build fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for name in SOURCES:
            copy(book / name, Path(scratch, name))
        run([sys.executable, "-P", "-c", BUILD, str(folder.absolute())], Path(scratch))
    (wheel,) = folder.glob("*.whl")
    return wheel


def download(book: Path, wheel: Path) -> None:
    """Have pip put what notebooks need beside the package's wheel, for this system and this Python.

    Args:
        book: A checkout of the book, whose lock says the versions.
        wheel: The package's wheel.

    Raises:
        KitError: If pip fails.
    """
    pip = [sys.executable, "-P", "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    limits = ["--only-binary=:all:", "--constraint", str(book / LOCK), "--dest", str(wheel.parent)]
    run([*pip, *limits, f"{wheel}[{EXTRAS}]", OPENS_NOTEBOOKS], wheel.parent)


def copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder without what Python and setuptools leave in it."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    else:
        shutil.copyfile(source, target)


def run(command: list[str], folder: Path) -> None:
    """Run a command; what it said is repeated where it fails."""
    quiet = {**os.environ, "PYTHONPATH": "", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, cwd=folder, env=quiet, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise KitError(f"The wheels could not be made:\n{(done.stderr or done.stdout)[-LONGEST_REASON:]}")

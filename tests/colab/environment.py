"""Environments like Colab's: what Colab preinstalls, nothing of the book, a fresh one for each notebook."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from sites import ROOT

WANTED = ROOT / "tests" / "colab" / "requirements.txt"
LOCK = ROOT / "requirements.txt"
BASE = ROOT / ".venv-colab"
REPOSITORY = "https://github.com/agasy18/pa-academy-ai-2025"

RUN = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, kernel_name="python3", timeout=600).execute()
nbformat.write(notebook, sys.argv[1])
"""


def base_environment() -> Path:
    """Make the environment that all notebooks stand on, unless it is there and up to date."""
    stamp = BASE / "ready"
    state = hashlib.sha256(WANTED.read_bytes() + LOCK.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != state:
        shutil.rmtree(BASE, ignore_errors=True)
        venv.create(BASE, with_pip=True)
        install = [BASE / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", WANTED, "-c", LOCK], check=True)
        stamp.write_text(state)
    return BASE


def fresh_environment(folder: Path) -> Path:
    """Make an environment that sees the base one and keeps to itself what a notebook installs.

    Returns:
        Its site-packages.
    """
    venv.create(folder, with_pip=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    (packages / "base.pth").write_text(str(base_environment() / "lib" / version / "site-packages"))
    return packages


def checkout(folder: Path) -> Path:
    """Make a repository that holds the working tree as it is now."""
    listed = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    for command in (
        ["init", "--quiet"],
        ["add", "--all"],
        [*identity, "commit", "--quiet", "-m", "Working tree"],
    ):
        subprocess.run(["git", "-C", folder, *command], check=True)
    return folder


def run_notebook(notebook: Path, environment: Path, repository: Path) -> subprocess.CompletedProcess[str]:
    """Run a notebook top to bottom in an empty folder; the book's repository is answered by a local one."""
    empty = environment.parent / "empty"
    empty.mkdir()
    copy = shutil.copy(notebook, environment.parent)
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACADEMY_", "PYTHONPATH"))
    }
    variables |= {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": REPOSITORY,
    }
    command = [environment / "bin/python", "-c", RUN, copy]
    return subprocess.run(command, cwd=empty, env=variables, capture_output=True, text=True, check=False)

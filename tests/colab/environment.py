"""Environments like Colab's: what Colab preinstalls, and a place of its own for what a notebook installs."""

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sites import ROOT

WANTED = ROOT / "tests" / "colab" / "requirements.txt"
OF_PAGES = ["myst-nb", "onnx", "onnxruntime", "onnxscript"]
"""By which pages hand numbers to their prose and nets to their interactives; a notebook does neither."""
REPOSITORY = "https://github.com/agasy18/pa-academy-ai-2025"
NO_HUB = "http://127.0.0.1:9"
"""Where nobody listens: no test asks the hub itself."""

RUN = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, kernel_name="python3", timeout=600).execute()
nbformat.write(notebook, sys.argv[1])
"""


def preinstalled(folder: Path) -> Path:
    """Make site-packages that hold what Colab has and nothing else: links to what is installed here."""
    return linked(folder, [*WANTED.read_text(encoding="utf-8").splitlines()[1:], "pip"])


def linked(folder: Path, names: list[str]) -> Path:
    """Make site-packages that hold packages and all that they require: links to what is installed here."""
    folder.mkdir()
    for each in needed(names):
        for name in {file.parts[0] for file in each.files or []} - {"..", "__pycache__"}:
            if not (folder / name).exists():
                (folder / name).symlink_to(Path(str(each.locate_file(name))))
    return folder


def needed(names: list[str]) -> Iterable[Distribution]:
    """Return installed packages and all that they require."""
    found: dict[str, Distribution] = {}
    while names:
        name = canonicalize_name(names.pop())
        if name not in found:
            found[name] = distribution(name)
            requirements = map(Requirement, found[name].requires or [])
            names += [
                each.name for each in requirements if not each.marker or each.marker.evaluate({"extra": ""})
            ]
    return found.values()


def packages_of(environment: Path) -> Path:
    """Return an environment's site-packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return environment / "lib" / version / "site-packages"


def environment(folder: Path, *seen: Path) -> Path:
    """Make an environment that keeps to itself what a notebook installs.

    Args:
        folder: Where to make it.
        seen: Site-packages of others, pip among them, that it sees and cannot change.
    """
    venv.create(folder)
    (packages_of(folder) / "seen.pth").write_text("\n".join(map(str, seen)))
    return folder


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


def answered_by(repository: Path) -> dict[str, str]:
    """Return the variables that have a local repository answer for the book's."""
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": REPOSITORY,
    }


def kernel_of(environment: Path, folder: Path) -> dict[str, str]:
    """Return the variables that have Jupyter run the kernels of pages in an environment.

    Args:
        environment: An environment.
        folder: Where to describe the kernel; it is made.
    """
    kernel = folder / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    start = Path(__file__).with_name("page_kernel.py")
    command = [sys.executable, str(start), str(environment / "bin/python"), "-f", "{connection_file}"]
    apart = {"HF_ENDPOINT": NO_HUB, "PYTHONPATH": ""}
    description = {"argv": command, "display_name": "Python 3", "language": "python", "env": apart}
    kernel.write_text(json.dumps(description), encoding="utf-8")
    return {"JUPYTER_PATH": str(folder)}


def executed(notebook: NotebookNode, environment: Path, folder: Path, **variables: str) -> NotebookNode:
    """Run a notebook top to bottom in an empty folder; return it with its outputs."""
    empty = folder / "empty"
    empty.mkdir()
    path = folder / "notebook.ipynb"
    nbformat.write(notebook, path)
    of_book = ("ACADEMY_", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(of_book)}
    kept |= {"HF_ENDPOINT": NO_HUB} | variables
    command = [environment / "bin/python", "-c", RUN, path]
    done = subprocess.run(command, cwd=empty, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-5000:]
    return nbformat.read(path, as_version=4)

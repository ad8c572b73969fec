"""Notebooks of a homework, made from its page: as a student gets it, and as a student hands it in."""

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import cloudpickle
import matplotlib.pyplot as plt
import nbformat
import pytest
from academy.cli import app
from academy_book import homework
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode
from sites import ROOT
from typer.testing import CliRunner

KEEP = """
import cloudpickle, pathlib
left = {{name: globals()[name] for name in get_ipython().run_line_magic("who_ls", "")}}
pathlib.Path({path!r}).write_bytes(cloudpickle.dumps(left))
"""


def together(name: str) -> Any:
    """Return a homework's name as a parameter whose tests stay on one worker, which grades it once."""
    return pytest.param(name, marks=pytest.mark.xdist_group(name))


def source(name: str) -> NotebookNode:
    """The page's own cells."""
    (page,) = ROOT.glob(f"lessons/*/{name}.md")
    return read_myst_markdown_notebook(page.read_text(encoding="utf-8"))


def tasks(name: str) -> list[str]:
    """The cells of the page's tasks, each with its starter and its solution."""
    return [cell.source for cell in source(name).cells if homework.TAG in cell.metadata.get("tags", [])]


def notebook(cells: list[str]) -> NotebookNode:
    """A notebook of code cells."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def written(name: str, write: Callable[[str], str]) -> NotebookNode:
    """The cells that a student has, with each task's cell written by a function from its source."""
    cells = [cell for cell in source(name).cells if cell.cell_type == "code"]
    return notebook(
        [
            write(cell.source) if homework.TAG in cell.metadata.get("tags", []) else cell.source
            for cell in cells
            if not {"remove-cell", "colab"} & set(cell.metadata.get("tags", []))
        ]
    )


def blank(name: str) -> NotebookNode:
    """As a student gets it."""
    return written(name, homework.starter)


def solved(name: str) -> NotebookNode:
    """As the book solves it."""
    return written(name, homework.solution)


def run(notebook: NotebookNode) -> tuple[dict[str, Any], str]:
    """Run a notebook's cells as its kernel would; return the names it leaves and what it prints."""
    module, main = ModuleType("__main__"), sys.modules["__main__"]
    plt.switch_backend("agg")
    sys.modules["__main__"] = module
    try:
        with redirect_stdout(StringIO()) as printed:
            for cell in notebook.cells:
                exec(cell.source, vars(module))
    finally:
        sys.modules["__main__"] = main
    return vars(module), printed.getvalue()


@dataclass
class Graded:
    """What the grader says of a notebook, and what the notebook left."""

    grade: dict[str, Any]
    status: int
    left: Path

    @cached_property
    def names(self) -> dict[str, Any]:
        """The notebook's variables."""
        names: dict[str, Any] = cloudpickle.loads(self.left.read_bytes())
        return names


def graded(name: str, notebook: NotebookNode, folder: Path) -> Graded:
    """Grade a notebook as a teacher does; its last cell keeps its names for who looks at them here."""
    path, left = folder / f"{name}.ipynb", folder / "left"
    notebook.cells.append(nbformat.v4.new_code_cell(KEEP.format(path=str(left))))
    nbformat.write(notebook, path)
    done = CliRunner().invoke(app, ["check", name, str(path), "--json", "--seconds", "500"])
    (grade,) = json.loads(done.stdout)
    return Graded(grade, done.exit_code, left)

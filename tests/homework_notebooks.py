"""Notebooks of a homework, made from its page: as a student gets it, and as a student hands it in."""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt
import nbformat
from academy_book import homework
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode
from sites import ROOT


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
            if "remove-cell" not in cell.metadata.get("tags", [])
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


@cache
def run_solved(name: str) -> tuple[dict[str, Any], str]:
    """Run the solved notebook, once for all tests: they look at what it leaves, and change nothing."""
    return run(solved(name))


@cache
def run_blank(name: str) -> tuple[dict[str, Any], str]:
    """Run the blank notebook, once for all tests."""
    return run(blank(name))

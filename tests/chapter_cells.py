"""A chapter's cells: what each says, and what they define without what they compute."""

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from academy_book import reading
from IPython.core.inputtransformer2 import TransformerManager
from myst_nb.core.read import read_myst_markdown_notebook
from sites import ROOT

CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.S | re.M)
SOLUTION = re.compile(r"^([`:]{3,})\{solution-start\}.*?\{solution-end\}\n\1$", re.S | re.M)
DEFINITION = re.compile(r"^(?:(?:import|from) .+|(?:@.+\n)*(?:def|class) .+\n(?:(?:[ )].*)?\n)+)", re.M)


def definitions(name: str, **given: Any) -> dict[str, Any]:
    """Run the imports and definitions of a chapter's cells, but for those in solutions of exercises.

    Args:
        name: As in ``lesson1``.
        given: What the definitions find there: data that the chapter's other lines would have made.

    Returns:
        The names that are there then.
    """
    (page,) = ROOT.glob(f"lessons/*/{name}.md")
    text = SOLUTION.sub("", page.read_text(encoding="utf-8"))
    for cell in CELL.findall(text):
        exec("\n".join(DEFINITION.findall(cell + "\n")), given)
    return given


@dataclass(frozen=True)
class Cell:
    """One code cell of a page.

    Attributes:
        source: Its code.
        tags: Its tags.
        draws: Whether it draws a figure with a name.
    """

    source: str
    tags: frozenset[str]
    draws: bool

    @property
    def is_open(self) -> bool:
        """Whether its code is seen without opening anything."""
        return not reading.FOLDED_CELLS & self.tags

    @property
    def first_line(self) -> str:
        """What tells a reader of a test's message which cell it is."""
        return next(iter(self.source.splitlines()), "")

    @cached_property
    def tree(self) -> ast.Module:
        """Its code as Python reads it."""
        return ast.parse(TransformerManager().transform_cell(self.source))

    @property
    def imports(self) -> list[ast.stmt]:
        """Its imports, but for those inside of definitions."""
        return [each for each in self.tree.body if isinstance(each, ast.Import | ast.ImportFrom)]

    @property
    def reads(self) -> set[str]:
        """Names that it uses."""
        found = (node for node in ast.walk(self.tree) if isinstance(node, ast.Name))
        return {node.id for node in found if isinstance(node.ctx, ast.Load)}

    @property
    def makes(self) -> set[str]:
        """Names that it gives something to: by assignment, definition, import, or as an argument."""
        return {name for node in ast.walk(self.tree) for name in made(node)}


def made(node: ast.AST) -> set[str]:
    """Return the names to which one piece of code gives something."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.alias(name=name, asname=other):
            return {other or name.split(".")[0]}
        case ast.arg(arg=name):
            return {name}
        case _:
            return set()


def cells(page: Path, with_solutions: bool = True) -> list[Cell]:
    """Read the code cells of a page.

    Args:
        page: Its source.
        with_solutions: Whether those in solutions of exercises are among them.
    """
    text = page.read_text(encoding="utf-8")
    if not with_solutions:
        text = SOLUTION.sub("", text)
    found = [cell for cell in read_myst_markdown_notebook(text).cells if cell.cell_type == "code"]
    return [
        Cell(
            cell.source,
            frozenset(cell.metadata.get("tags", [])),
            "figure" in cell.metadata.get("mystnb", {}),
        )
        for cell in found
    ]


def run_colab_cell(page: Path, beginning: str, **given: Any) -> dict[str, Any]:
    """Run the one cell tagged `colab` whose first line begins so, after the chapter's definitions.

    Args:
        page: The chapter's source.
        beginning: Of the cell's first line.
        given: What the cell finds there, before anything of the chapter's.

    Returns:
        The names that are there then.
    """
    (cell,) = (each for each in cells(page) if "colab" in each.tags and each.first_line.startswith(beginning))
    names = definitions(page.stem, **given)
    names.update(given)
    exec(cell.source, names)
    return names

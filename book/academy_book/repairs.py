"""Repairs to the markup that other extensions write, so that screen readers say what is seen."""

from collections.abc import Callable

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput, visit_HideCellInput
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

UNSEEN_NAME = ' aria-label="Toggle hidden content"'


def replace_in(writer: HTML5Translator, write: Callable[[], None], what: str, by: str) -> None:
    """Let something be written, and replace a piece of it."""
    start = len(writer.body)
    write()
    writer.body[start:] = [part.replace(what, by) for part in writer.body[start:]]


def visit_hidden_cell(writer: HTML5Translator, node: HideCodeCellNode) -> None:
    """Begin a hidden cell: it is named by the words that are seen."""
    replace_in(writer, lambda: visit_HideCellInput(writer, node), UNSEEN_NAME, "")


def visit_citation(writer: HTML5Translator, node: nodes.citation) -> None:
    """Begin a reference: an item of the list around it; the older role is withdrawn."""
    original = type(writer).visit_citation
    replace_in(writer, lambda: original(writer, node), "doc-biblioentry", "listitem")


def depart_citation(writer: HTML5Translator, node: nodes.citation) -> None:
    """End a reference."""
    type(writer).depart_citation(writer, node)


def declare(app: Sphinx) -> None:
    """Have these nodes written the repaired way."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_HideCellInput))
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))

"""Cells tagged `colab`, which need the Hugging Face hub: models and data that no package brings.

The page runs on what packages bring, so that its numbers are the same everywhere; it shows such a cell with a
label and does not run it. In the notebook the cell begins with `%%colab`, a magic of the book's package that
runs it where the hub answers and says a sentence elsewhere. No claim of a page may rest on such a cell.
"""

from docutils import nodes
from sphinx.application import Sphinx

from academy_book.events import on_pages

TAG = "colab"
LABEL = "Not run on this page: in the notebook it runs where the Hugging Face hub answers, as in Colab."
SETUP = """\
# Cells that begin with %%colab run where the Hugging Face hub answers, as in Colab; elsewhere they say so.
%load_ext academy.assets.colab"""


def runnable(source: str) -> str:
    """Return what such a cell is in the notebook."""
    return f"%%colab\n{source}"


@on_pages
def label(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the label above the code."""
    for cell in doctree.findall(is_colab_cell):
        cell.insert(0, nodes.paragraph("", LABEL, classes=["colab-label"]))


def is_colab_cell(node: nodes.Node) -> bool:
    """Tell whether a node is such a cell."""
    return isinstance(node, nodes.container) and TAG in node.get("cell_metadata", {}).get("tags", [])

"""Sections in depth, which the core path of a lesson does not need: marked wherever their titles show.

    (variance-of-a-mean)=
    {.in-depth}
    ## The variance of a mean

All below such a heading is in depth, its subsections included. The mark joins the title before Sphinx
collects titles, so heading, contents, search, decks and notebook have it, and numbers, addresses and the
names by which text refers to the section do not.
"""

from docutils import nodes
from sphinx.application import Sphinx

CLASS = "in-depth"
MARK = "· in depth"


def mark(app: Sphinx, doctree: nodes.document) -> None:
    """Add the mark to the title of each section in depth."""
    for section in doctree.findall(is_in_depth):
        section[0] += [nodes.Text(" "), nodes.inline("", MARK, classes=["in-depth-mark"])]


def is_in_depth(node: nodes.Node) -> bool:
    """Tell whether a node is a section in depth; those inside of it are not told."""
    return isinstance(node, nodes.section) and CLASS in node["classes"]

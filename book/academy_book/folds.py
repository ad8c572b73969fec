"""What opens and closes, and exercises: as elements that browsers know.

An admonition, exercise or solution of class `dropdown` becomes `<details>`: it works without a script, by
keyboard, in print, and a search in the page opens it. Exercises lose an identifier that sphinx-exercise
gives to each of them alike.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from academy_book.events import on_pages

SHARED_IDS = {"exercise-content", "solution-content"}


class fold(nodes.General, nodes.Element):  # noqa: N801
    """Content behind a title that opens it."""


class fold_title(nodes.TextElement):  # noqa: N801
    """The title that opens a fold."""


def visit_fold(writer: HTML5Translator, node: fold) -> None:
    """Begin a fold."""
    options = {"open": "open"} if "toggle-shown" in node["classes"] else {}
    writer.body.append(writer.starttag(node, "details", CLASS="admonition", **options))


def depart_fold(writer: HTML5Translator, node: fold) -> None:
    """End a fold."""
    writer.body.append("</details>\n")


def visit_fold_title(writer: HTML5Translator, node: fold_title) -> None:
    """Begin the title of a fold."""
    writer.body.append(writer.starttag(node, "summary", "", CLASS="admonition-title"))


def depart_fold_title(writer: HTML5Translator, node: fold_title) -> None:
    """End the title of a fold."""
    writer.body.append("</summary>\n")


@on_pages
def make_folds(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace what is of class `dropdown`, and drop identifiers that are not unique."""
    for section in doctree.findall(nodes.section):
        section["ids"] = [each for each in section["ids"] if each not in SHARED_IDS]
    for node in list(doctree.findall(nodes.Admonition)):
        if "dropdown" in node.get("classes", []) and isinstance(node[0], nodes.title):
            node.replace_self(folded(node))


def folded(node: nodes.Element) -> fold:
    """Return the same content as a fold; a link in its title would be in the way of opening it."""
    for link in list(node[0].findall(nodes.reference)):
        link.replace_self(link.children)
    title = fold_title("", "", *node[0].children, classes=node[0]["classes"])
    return fold("", title, *node.children[1:], ids=node["ids"], classes=node["classes"], names=node["names"])


def declare(app: Sphinx) -> None:
    """Bring the nodes."""
    app.add_node(fold, html=(visit_fold, depart_fold))
    app.add_node(fold_title, html=(visit_fold_title, depart_fold_title))

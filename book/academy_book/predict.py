"""`{predict}`: a question before an experiment, with a place to answer that the page remembers.

    :::{predict} What does a second hidden layer do to the accuracy?
    All else stays as it is.

    - It rises.
    - It stays within the noise.
    - It falls.
    :::

The list at the end holds what there is to choose from; without one the reader writes. What follows and gives
the answer away stands below the fold or in one: that is the author's part. Without JavaScript the box is a
question and a line that asks to write the answer down; in the notebook, a question and a cell to write in.
"""

import hashlib
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

TITLE = "Predict before you look"
SCRIPT = "js/predict.js"
WRITTEN = '<p class="pst-js-only"><textarea rows="3" aria-label="Your answer"></textarea></p>\n'
NOT_REMEMBERED = '<p class="not-remembered">Write your answer down before you read on.</p>\n'


class predict(nodes.General, nodes.Element):  # noqa: N801
    """The box: a question, what is said with it, and what there is to choose from."""


class predict_question(nodes.TextElement):  # noqa: N801
    """The question."""


class predict_option(nodes.TextElement):  # noqa: N801
    """One of the answers to choose from."""


class Predict(SphinxDirective):
    """The directive `{predict}`."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the box; a reader's answer is kept under a digest of its text, so a new question has none."""
        text = "\n".join([self.arguments[0], *self.content])
        question, messages = self.parse_inline(self.arguments[0], lineno=self.lineno)
        body = self.parse_content_to_nodes()
        options = body.pop() if body and isinstance(body[-1], nodes.bullet_list) else []
        box = predict("", predict_question("", "", *question), *body)
        box["name"] = hashlib.sha256(text.encode()).hexdigest()[:12]
        box += [predict_option("", "", *item[0].children) for item in options]
        self.set_source_info(box)
        return [box, *messages]


def visit_predict(writer: HTML5Translator, node: predict) -> None:
    """Open the box."""
    attributes = {"data-predict": node["name"]}
    writer.body.append(writer.starttag(node, "fieldset", CLASS="admonition predict", **attributes))


def depart_predict(writer: HTML5Translator, node: predict) -> None:
    """Close the box, with a place to write where there is nothing to choose from."""
    if not isinstance(node[-1], predict_option):
        writer.body.append(WRITTEN)
    writer.body.append(f"{NOT_REMEMBERED}</fieldset>\n")


def visit_question(writer: HTML5Translator, node: predict_question) -> None:
    """Begin the question, which names the group of answers."""
    writer.body.append(f'<legend><span class="admonition-title">{TITLE}</span> ')


def depart_question(writer: HTML5Translator, node: predict_question) -> None:
    """End the question."""
    writer.body.append("</legend>\n")


def visit_option(writer: HTML5Translator, node: predict_option) -> None:
    """Begin an answer to choose."""
    box = node.parent
    name, number = f"predict-{box['name']}", box.index(node)
    writer.body.append(
        f'<label><input class="pst-js-only" type="radio" name="{name}" value="{number}" /><span>'
    )


def depart_option(writer: HTML5Translator, node: predict_option) -> None:
    """End an answer to choose."""
    writer.body.append("</span></label>\n")


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load what remembers, on pages that ask."""
    if doctree is not None and next(iter(doctree.findall(predict)), None) is not None:
        app.add_js_file(SCRIPT, type="module")


def declare(app: Sphinx) -> None:
    """Bring directive and nodes."""
    app.add_directive("predict", Predict)
    app.add_node(predict, html=(visit_predict, depart_predict))
    app.add_node(predict_question, html=(visit_question, depart_question))
    app.add_node(predict_option, html=(visit_option, depart_option))

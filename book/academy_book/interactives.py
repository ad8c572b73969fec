"""Figures that come to life: `{interactive}` puts one where an executed figure stands.

    ```{interactive} playground
    :figure: fig-playground
    :height: 106rem 138rem
    ```

The figure, drawn by one of the page's cells, stays without JavaScript, on paper, and until it comes into
view; then `js/NAME/main.js` and `css/NAME.css` are loaded and take its place, above its caption. The height
is that of the living figure on a wide screen and on a phone, kept free so that nothing moves when it comes.
A link to `#NAME?STATE` opens it in a state: `` {opens}`a wide net <playground?hidden=16>` ``.
With `:model: NAME` it runs a net and with `:data: NAME` it reads data that a cell of the page exports
(`models.py`); `:second-model: NAME` is a net beside the first, for which a reader may never ask. With
`:value: NAME` it is told what a cell of the page glued under that name: a small text, most often JSON.

Where a button stands in the place, as under the picture of the front page (`course.py`), it comes to life
when that is pressed.
"""

from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from academy_book import chapters, models

logger = logging.getLogger(__name__)

SCRIPT = "js/interactives.js"
STYLE = "css/interactives.css"
ATTRIBUTES = {"model": "data-files", "second-model": "data-second-files", "data": "data-data"}
"""Where the script finds the addresses of what a cell has exported."""


class awaiting(nodes.General, nodes.Element):  # noqa: N801 - nodes are written in lower case
    """What the script brings to life."""


class interactive(awaiting):  # noqa: N801
    """A place for a living figure; its child is the figure that stands there without it."""


class Interactive(SphinxDirective):
    """The directive `{interactive}`."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012 - as docutils reads it
        "figure": directives.unchanged_required,
        "height": directives.unchanged_required,
        "model": directives.unchanged_required,
        "second-model": directives.unchanged_required,
        "data": directives.unchanged_required,
        "value": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Make the place; its figure is known once all of the page is read."""
        heights = self.options.get("height", "").split()
        if "figure" not in self.options or len(heights) != 2:
            raise self.error(
                f"the interactive {self.arguments[0]} needs :figure: with the name of a figure on its page, "
                "and :height: with two heights, as in 106rem 138rem"
            )
        place = interactive(name=self.arguments[0], figure=self.options["figure"], heights=heights)
        for kind in models.KINDS:
            place[kind] = self.options.get(kind, "")
        place["value"] = self.options.get("value", "")
        self.set_source_info(place)
        return [place]


class Opens(ReferenceRole):
    """The role `{opens}`: a link that opens an interactive of its page in some state."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the link."""
        return [nodes.reference(self.rawtext, self.title, refuri=f"#{self.target}", internal=True)], []


def move_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Put each interactive's figure into its place."""
    for place in doctree.findall(interactive):
        figure = next(
            (each for each in doctree.findall(nodes.figure) if place["figure"] in each["names"]), None
        )
        if figure is None:
            message = "the interactive %s stands for the figure %s, which is not on its page"
            logger.warning(message, place["name"], place["figure"], location=place, type="interactive")
        else:
            figure.parent.remove(figure)
            place += figure


def tell_values(app: Sphinx, doctree: nodes.document) -> None:
    """Give each interactive the value that it asks for, and complain of those that no cell glues."""
    asking = [place for place in doctree.findall(interactive) if place["value"]]
    known = chapters.values(app, app.env.docname) if asking else {}
    for place in asking:
        if place["value"] not in known:
            message = "the interactive %s asks for the value %s, which no cell of its page glues"
            logger.warning(message, place["name"], place["value"], location=place, type="interactive")
        place["told"] = known.get(place["value"], "")


def visit_interactive(writer: HTML5Translator, node: interactive) -> None:
    """Open the place."""
    wide, narrow = node["heights"]
    attributes = {"style": f"--wide: {wide}; --narrow: {narrow}", "data-interactive": node["name"]}
    builder = writer.builder
    for kind in models.KINDS:
        if node[kind]:
            attributes[ATTRIBUTES[kind]] = models.addresses(
                builder.app, builder.current_docname, kind, node[kind]
            )
    if node["value"]:
        attributes["data-value"] = node["told"]
    writer.body.append(writer.starttag(node, "div", CLASS="interactive", **attributes))


def depart_interactive(writer: HTML5Translator, node: interactive) -> None:
    """Close the place."""
    writer.body.append("</div>\n")


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load what waits for the reader, on pages where there is something to wait for."""
    if doctree is not None and next(iter(doctree.findall(awaiting)), None) is not None:
        app.add_js_file(SCRIPT, type="module")


def declare(app: Sphinx) -> None:
    """Bring directive, role, node and style."""
    app.add_node(interactive, html=(visit_interactive, depart_interactive))
    app.add_directive("interactive", Interactive)
    app.add_role("opens", Opens())
    app.add_css_file(STYLE)

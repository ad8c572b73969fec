"""Formulas become HTML when the book is built; one that KaTeX cannot read fails the build.

The script comes with sphinxcontrib-katex and runs inside Python, so a reader's browser gets text and a
style sheet: no other host, nothing to run. Style sheet and fonts of the same version are an asset.
"""

import json
import shutil
from functools import cache
from pathlib import Path

import quickjs
from academy.assets.cache import fetch
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinxcontrib import katex

from academy_book.events import after_good_build

logger = logging.getLogger(__name__)


@cache
def engine() -> quickjs.Context:
    """Start a JavaScript engine that holds KaTeX."""
    context = quickjs.Context()
    context.eval((Path(katex.SRC_DIR) / "katex.min.js").read_text(encoding="utf-8"))
    context.eval("const render = (tex, options) => katex.renderToString(tex, JSON.parse(options))")
    return context


@cache
def render(tex: str, display: bool) -> str:
    """Return a formula as HTML and MathML.

    Raises:
        quickjs.JSException: If KaTeX cannot read the formula; the message shows the place.
    """
    options = {"displayMode": display, "throwOnError": True, "strict": "ignore"}
    html: str = engine().eval(f"render({json.dumps(tex)}, {json.dumps(json.dumps(options))})")
    return html.replace("<span", '<span translate="no"', 1)


def render_latex(tex: str, options: dict[str, bool] | None = None) -> str:
    """Render on behalf of sphinxcontrib-katex, whose own way starts a Node server."""
    return render(tex, bool((options or {}).get("displayMode")))


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each formula that KaTeX cannot read, with its page and line."""
    for node in doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
        try:
            render(node.astext(), isinstance(node, nodes.math_block))
        except quickjs.JSException as error:
            reason = str(error).splitlines()[0]
            logger.warning("KaTeX cannot read “%s”: %s", node.astext(), reason, location=node, type="math")


@after_good_build
def copy_styles(app: Sphinx) -> None:
    """Put KaTeX's style sheet and fonts beside the page's own."""
    target = Path(app.outdir, "_static", "katex")
    shutil.copytree(fetch("katex"), target, dirs_exist_ok=True)


def declare(app: Sphinx) -> None:
    """Put our renderer in the place of sphinxcontrib-katex's."""
    katex.render_latex = render_latex
    app.setup_extension("sphinxcontrib.katex")
    app.config.katex_prerender = True
    app.config.katex_css_path = "katex/katex.min.css"

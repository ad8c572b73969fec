"""What Jupyter Book and the theme load on every page, and no page of this book needs.

sphinx-thebe declares a constant twice, an error on every page; sphinx-togglebutton hides with a script what
`folds.py` folds without one; the theme's scripts measure the whole page at once for what the small ones in
`book/_static/js/` do here. Without icon script, Bootstrap and search index a page weighs a tenth.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

EXTENSIONS = ("sphinx_thebe", "sphinx_togglebutton", "sphinx_comments")
SCRIPTS = ("scripts/sphinx-book-theme.js", "togglebutton.js", "sphinx-thebe.js")
TABS = "sd-tab-set"
STORAGE = "js/storage.js"
"""Runs before all others, which use what it sees to; no module, so that decks can load it at once."""
OURS = ["js/colors.js", "js/panels.js", "js/paper.js", "js/place.js", "js/progress.js", "js/reach.js"]
UNSTYLED = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>')
"""What no rule colors in code: names, operators, parentheses, spaces. They are half of a page's elements."""


def silence(app: Sphinx, modules: tuple[str, ...]) -> None:
    """Take back what modules, and those inside of them, have asked to be told."""
    for listeners in app.events.listeners.values():
        listeners[:] = [each for each in listeners if not each.handler.__module__.startswith(modules)]


def lighten(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Keep the scripts that a page uses, none of which holds up its display, and the elements that show."""
    scripts = context["script_files"]
    needed = dict.fromkeys(script for script in scripts if is_needed(script, context))
    context["script_files"] = [deferred(script) for script in needed]
    context["body"] = UNSTYLED.sub(r"\1", context.get("body", ""))
    context["default_mode"] = "light"  # colors without JavaScript; the head's script asks the reader's system


def is_needed(script: Any, context: dict[str, Any]) -> bool:
    """Tell whether a page uses a script; inline ones only set up what is left out."""
    name = str(script.filename or "").removeprefix("_static/")
    if name == "design-tabs.js":
        return TABS in context.get("body", "")
    return bool(name) and name not in SCRIPTS


def deferred(script: Any) -> Any:
    """Return the script so that it runs when the page is there."""
    if script.attributes.get("type") == "module":
        return script
    again = type(script)  # Sphinx has no public name for it
    return again(script.filename, priority=script.priority, **{**script.attributes, "defer": "defer"})


def declare(app: Sphinx) -> None:
    """Silence the extensions that Jupyter Book always loads, and bring the small scripts."""
    silence(app, EXTENSIONS)
    app.add_js_file(STORAGE, priority=0)
    for name in OURS:
        app.add_js_file(name, type="module")

"""The buttons that take a chapter elsewhere: Colab, Binder, and the notebook as a file.

The theme points Colab and Binder to the page's source, which they cannot open. Ours point to the
exported notebook on the branch `notebooks`, where the publishing workflow puts it.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import front_matter
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

BRANCH = "notebooks"


def notebook_name(docname: str) -> str:
    """Return the file name of a page's exported notebook."""
    return Path(docname).name + ".ipynb"


def colab_address(app: Sphinx, docname: str) -> str:
    """Return the address that opens a page's notebook in Colab."""
    host = app.config.html_theme_options["launch_buttons"]["colab_url"]
    return f"{host}/github/{repository(app)}/blob/{BRANCH}/{notebook_name(docname)}"


def binder_address(app: Sphinx, docname: str) -> str:
    """Return the address that opens a page's notebook in Binder."""
    host = app.config.html_theme_options["launch_buttons"]["binderhub_url"]
    return f"{host}/v2/gh/{repository(app)}/{BRANCH}?urlpath=lab/tree/{notebook_name(docname)}"


def repository(app: Sphinx) -> str:
    """Return the repository as owner/name."""
    return urlsplit(app.config.html_theme_options["repository_url"]).path.strip("/")


def point_to_notebooks(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Rewrite the theme's launch and download buttons of a lesson's page."""
    if doctree is None or not front_matter.is_lesson_page(pagename):
        return
    addresses = {
        "Colab": colab_address(app, pagename),
        "Binder": binder_address(app, pagename),
        ".ipynb": context["pathto"](f"notebooks/{notebook_name(pagename)}", 1),
    }
    for group in context["header_buttons"]:
        for button in group.get("buttons", []):
            if button.get("text") in addresses:
                button["url"] = addresses[button["text"]]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the rewriting after the theme (priority 501) made its buttons."""
    app.connect("html-page-context", point_to_notebooks, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

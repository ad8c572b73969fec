"""The links that take a chapter elsewhere: Colab, Binder, its slides, its notebook, its homework and back.

The theme points Colab and Binder to the page's source, which they cannot open. Ours point to the
exported notebook on the branch `notebooks`, where the publishing workflow puts it.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from academy_book import decks, front_matter

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


def links(app: Sphinx, docname: str, seen_from: str = "") -> list[dict[str, str]]:
    """Return the other forms of a lesson's page: where they are, and what a button says.

    Args:
        app: The build.
        docname: The lesson's page.
        seen_from: The page that shows the links, if another.
    """
    here = app.builder.get_target_uri(seen_from or docname)
    ours = {
        ("Slides", "display"): decks.address(app, docname),
        ("Download", "download"): f"notebooks/{notebook_name(docname)}",
        ("Homework", "pen"): companion(app, docname, "lesson", "homework"),
        ("Chapter", "book-open"): companion(app, docname, "homework", "lesson"),
    }
    return [
        {"label": "Colab", "icon": "cloud", "uri": colab_address(app, docname)},
        {"label": "Binder", "icon": "flask", "uri": binder_address(app, docname)},
        *(
            {"label": label, "icon": icon, "uri": relative_uri(here, place)}
            for (label, icon), place in ours.items()
            if place
        ),
    ]


def companion(app: Sphinx, docname: str, kind: str, other: str) -> str | None:
    """Return where a chapter's homework is, or the other way round; None where it is not written."""
    page = companion_page(app, docname, kind, other)
    return app.builder.get_target_uri(page) if page else None


def companion_page(app: Sphinx, docname: str, kind: str, other: str) -> str | None:
    """Return the page of a chapter's homework, or the other way round; None where it is not written."""
    folder, _, name = docname.rpartition("/")
    page = f"{folder}/{name.replace(kind, other)}"
    return page if name.startswith(kind) and page in app.env.found_docs else None


def fill_header(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the bar at the top of a lesson's page the same links."""
    is_lesson = doctree is not None and front_matter.is_lesson_page(pagename)
    context["lesson_links"] = links(app, pagename) if is_lesson else []

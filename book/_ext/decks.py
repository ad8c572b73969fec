"""Builds the decks in `slides/` into the site, and says which page has which.

The decks are a Sphinx project of their own, run in a process of its own: sphinx-revealjs and MyST-NB
cannot share one. It runs after the book, whose figures and numbers it shows.
"""

import subprocess
import sys
from pathlib import Path

import front_matter
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

FOLDER = "slides"
"""Name of the decks' folder, in the sources and on the site."""


def build(app: Sphinx, exception: Exception | None) -> None:
    """Build the decks after the book; one that does not build fails the book's build too."""
    source = Path(app.srcdir, FOLDER)
    if exception or app.builder.name != "html" or not (source / "conf.py").is_file():
        return
    if run_sphinx(source, Path(app.outdir)):
        logger.error("the decks did not build: the messages above say why", type="decks")


def run_sphinx(source: Path, site: Path) -> int:
    """Build the decks of a folder into a built site; return the exit status."""
    options = ["-b", "revealjs", "-q", "-n", "-W", "--keep-going", "-d", f"{site.parent}/.doctrees-slides"]
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(site / FOLDER)]
    return subprocess.run(command, check=False).returncode


def address(app: Sphinx, docname: str) -> str | None:
    """Return a page's deck, relative to the site's root; None where it has none."""
    if not front_matter.is_lesson_page(docname):
        return None
    deck = front_matter.lesson_of(app, docname).deck
    return f"{FOLDER}/{deck}.html" if deck else None


def names(app: Sphinx) -> set[str]:
    """Name the decks there are, as the site does."""
    return {f"{FOLDER}/{path.stem}" for path in Path(app.srcdir, FOLDER).glob("*.md")}


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Complain of a page that names a deck which does not exist."""
    for docname in sorted(env.found_docs):
        deck = address(app, docname)
        if deck and not Path(app.srcdir, deck).with_suffix(".md").is_file():
            logger.warning("its deck %s does not exist", deck, location=docname, type="decks")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the check, and the second build after the book's listings."""
    app.connect("env-check-consistency", check)
    app.connect("build-finished", build, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

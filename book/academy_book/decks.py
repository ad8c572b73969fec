"""Builds the decks in `slides/` into the site, and says which page has which.

The decks are a Sphinx project of their own, run in a process of its own: sphinx-revealjs and MyST-NB
cannot share one. It runs after the book, whose figures and numbers it shows.
"""

import subprocess
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from academy_book import front_matter
from academy_book.events import after_good_build

logger = logging.getLogger(__name__)

FOLDER = "slides"
"""Name of the decks' folder, in the sources and on the site."""


@after_good_build
def build(app: Sphinx) -> None:
    """Build the decks after the book; one that does not build fails the book's build too."""
    source = Path(app.srcdir, FOLDER)
    if (source / "conf.py").is_file() and run_sphinx(source, Path(app.outdir)):
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

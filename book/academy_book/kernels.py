"""Tells the kernels that run the pages that they run for the book: there, numbers and claims count."""

import os
from pathlib import Path

from academy.book import BOOK_VARIABLE
from sphinx.application import Sphinx
from sphinx.config import Config


def tell(app: Sphinx, config: Config) -> None:
    """Set the variable that the kernels inherit."""
    os.environ[BOOK_VARIABLE] = str(Path(app.outdir).parent)

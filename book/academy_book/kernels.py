"""Tells the kernels that run the pages that they run for the book: numbers count, and no widget is shown."""

import os
from pathlib import Path

from academy.book import BOOK_VARIABLE
from sphinx.application import Sphinx
from sphinx.config import Config

WARNINGS = "PYTHONWARNINGS"
NO_WIDGETS = "ignore:IProgress not found:Warning"
"""A page shows no widgets, so tqdm need not say, when some library brings it, that it could draw none."""


def tell(app: Sphinx, config: Config) -> None:
    """Set the variables that the kernels inherit."""
    os.environ[BOOK_VARIABLE] = str(Path(app.outdir).parent)
    os.environ[WARNINGS] = NO_WIDGETS

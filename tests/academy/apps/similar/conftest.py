"""The page on a small engine, served on this machine."""

import pytest
from academy.apps.page import start
from academy.apps.similar.page import build
from similar_engine import ColorWheel


@pytest.fixture(scope="module")
def served():
    """The address of the page."""
    built = build(ColorWheel(skipped=["“notes.png” is a text, whatever its name says."]))
    start(built)
    yield built.local_url
    built.close(verbose=False)

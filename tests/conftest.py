"""What the whole suite shares: the repository and the built site."""

import os
from pathlib import Path

import pytest
from browser import address, browser  # noqa: F401
from sites import ROOT, jupyter_book


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; `ACADEMY_SITE` names one that is built already."""
    if given := os.environ.get("ACADEMY_SITE"):
        assert (Path(given) / "index.html").exists(), f"ACADEMY_SITE={given} holds no built site"
        return Path(given)
    result = jupyter_book(ROOT)
    assert result.returncode == 0, result.text
    return ROOT / "_build" / "html"

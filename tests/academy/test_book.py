"""What a page may keep between builds lies in the build's folder; a reader's notebook keeps nothing."""

import os

import pytest
from academy.book import BOOK_VARIABLE, build_folder
from sites import TinySite

CELL = """\
```{code-cell} ipython3
from academy.book import build_folder
print((build_folder() / "kept").write_text("by the page"))
```
"""


def test_a_reader_has_no_build_folder(monkeypatch):
    monkeypatch.delenv(BOOK_VARIABLE, raising=False)
    assert build_folder() is None


@pytest.mark.slow
def test_a_page_finds_the_folder_of_its_build(tmp_path):
    assert BOOK_VARIABLE not in os.environ
    site = TinySite(tmp_path)
    site.lesson("lesson1", CELL)
    build = site.build()
    assert build.returncode == 0, build.text
    assert (tmp_path / "_build" / "kept").read_text() == "by the page"

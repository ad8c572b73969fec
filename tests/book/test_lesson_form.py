"""The form of a lesson, on a tiny site: what the page, its contents and its notebook make of it."""

import json

import nbformat
import pytest
from bs4 import BeautifulSoup
from sites import TinySite

pytestmark = pytest.mark.slow

PAGE = """
(lines-and-planes)=
## Lines and planes

Why it works is in {ref}`variance`.

(variance)=
{.in-depth}
## The *variance* of a mean

Read on who wants to.

### A proof

It follows.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = TinySite(tmp_path_factory.mktemp("form"))
    site.lesson("lesson1", PAGE)
    build = site.build()
    assert build.returncode == 0, build.text
    return site.folder / "_build"


@pytest.fixture(scope="module")
def page(built):
    return BeautifulSoup((built / "html/lessons/1-topic/lesson1.html").read_bytes(), "html.parser")


@pytest.fixture(scope="module")
def cells(built):
    notebook = nbformat.read(built / "html/notebooks/lesson1.ipynb", as_version=4)
    nbformat.validate(notebook)
    return notebook.cells


@pytest.fixture(scope="module")
def markdown(cells):
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def words(element):
    return " ".join(element.get_text().split())


def test_a_section_in_depth_says_so_in_its_heading_and_in_the_contents_of_the_page(page):
    headings = [words(heading).rstrip("#") for heading in page.select("article :is(h2, h3)")]
    assert headings == ["1.1. Lines and planes", "1.2. The variance of a mean · in depth", "1.2.1. A proof"]
    links = [words(link) for link in page.select("#pst-page-toc-nav a")]
    assert links == headings


def test_its_addresses_and_what_the_text_calls_it_are_as_without_the_mark(page, built):
    section = page.select_one("section.in-depth")
    assert section["id"] == "the-variance-of-a-mean"
    assert words(page.select_one('article p a[href="#variance"]')) == "The variance of a mean"
    listed = json.loads((built / "chapters.json").read_text())["lessons/1-topic/lesson1"]["sections"]
    assert {"variance", "the-variance-of-a-mean", "a-proof"} <= set(listed), "what decks may link"


def test_the_notebook_says_it_too(markdown):
    assert "\n## The *variance* of a mean · in depth\n" in markdown
    assert "\n### A proof\n" in markdown

"""The built book holds what was executed, and building it again executes nothing."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from sites import BUILT, ROOT, jupyter_book


def test_every_named_figure_is_on_its_page_with_words_and_size(site):
    figures = json.loads((site.parent / "figures.json").read_text())
    assert figures["lessons/1-neural-networks/lesson1"]
    page = BeautifulSoup((site / "lessons/1-neural-networks/lesson1.html").read_text(), "html.parser")
    for name, figure in figures["lessons/1-neural-networks/lesson1"].items():
        image = page.find(id=name).find("img")
        assert image["alt"] == figure["alt"] != ""
        assert figure["caption"]
        assert float(image["width"].removesuffix("px")) > 0
        assert float(image["height"].removesuffix("px")) > 0
        assert (site / "lessons/1-neural-networks" / image["src"]).resolve().is_file()


def test_vector_figures_follow_the_color_scheme(site):
    figures = sorted((site / "_images").glob("*.svg"))
    assert figures
    for path in figures:
        text = path.read_text(encoding="utf-8")
        ElementTree.fromstring(text)
        if "matplotlib" in text:
            assert "prefers-color-scheme" in text
            assert "#24292f" not in text.replace("--ink:#24292f", "")


def test_the_colophon_names_each_executed_page_with_time_and_date(site):
    page = BeautifulSoup((site / "book/colophon.html").read_text(), "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row.find_all("td")] for row in page.find_all("tr")]
    times = [row for row in rows if row and row[0] == "From regression to neural networks(lesson1.ipynb)"]
    assert len(times) == 1
    assert times[0][1].endswith(" s")
    assert times[0][2].startswith("20")
    assert any(row and row[0] == "torch" and row[1][0].isdigit() for row in rows)


@pytest.mark.skipif("ACADEMY_SITE" in os.environ, reason="the site is built elsewhere")
def test_a_second_build_executes_nothing_and_keeps_the_pages(site):
    page = site / "lessons/1-neural-networks/lesson1.html"
    before = page.read_text()
    again = jupyter_book(ROOT, "--path-output", str(BUILT))
    assert again.returncode == 0, again.text
    assert not again.executed
    assert "0 added, 0 changed, 0 removed" in again.text
    assert page.read_text() == before


def test_no_page_of_the_site_carries_a_path_of_this_machine(site):
    for path in [*site.rglob("*.html"), *site.rglob("*.ipynb")]:
        assert str(ROOT) not in path.read_text(encoding="utf-8"), path
        assert str(Path.home()) + "/" not in path.read_text(encoding="utf-8"), path


def test_no_page_shows_that_a_character_was_replaced(site):
    pages = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    assert pages
    assert [path.name for path in pages if "\ufffd" in path.read_text(encoding="utf-8")] == []

"""A part of the real book as PDF: all its pages, formulas and pictures, and links that work."""

from io import BytesIO

import book_pdf
import pytest
from academy_pdf import contents, finishing, printing
from bs4 import BeautifulSoup
from pypdf import PdfReader

PARTS = [
    contents.Part("Start here", ("book/primer",)),
    contents.Part("Competitions", ("lessons/competitions/spiral/spiral",)),
    contents.Part("Reference", ("book/notation",)),
]
NAMES = [name for part in PARTS for name in part.pages]


@pytest.fixture(scope="module")
def content(site, browser):
    return book_pdf.made(site, PARTS, browser)


@pytest.fixture(scope="module")
def reader(content):
    return PdfReader(BytesIO(content))


@pytest.fixture(scope="module")
def pages(reader):
    """The words of each page of the PDF."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def headings(site, name):
    """Return title and sections of a page of the site."""
    page = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    for formula in page.select(".katex, .headerlink"):
        formula.decompose()
    return [" ".join(each.get_text().split()) for each in page.select("article h1, article h2")]


def test_the_contents_name_each_heading_with_the_page_on_which_it_stands(site, reader, pages):
    expected = [heading for name in NAMES for heading in headings(site, name)]
    outline = [each for each in flat(reader.outline) if each.title in expected]
    assert [each.title for each in outline] == expected
    listed = pages[2]
    for mark in outline:
        number = reader.get_destination_page_number(mark) + 1
        assert mark.title in pages[number - 1]
        assert f"{mark.title} {number}" in listed


def flat(outline):
    """Yield the bookmarks of all levels."""
    for each in outline:
        yield from flat(each) if isinstance(each, list) else [each]


def test_each_link_leads_into_the_pdf_or_to_the_web(content, reader):
    places = printing.places(content)
    targets = [target for _, target in finishing.links(reader)]
    inside = {target[1:] for target in targets if target.startswith("#")}
    assert inside <= set(places)
    assert {"primer", "notation", "spiral:take-part"} & inside
    assert all(target.startswith(("#", "https://", "http://", "mailto:")) for target in targets)
    for word in (b"127.0.0.1", b"localhost", b"file:/"):
        assert word not in content


def test_each_formula_and_picture_is_there_and_told(site, reader):
    named = {"/Formula": 0, "/Figure": 0}
    for element in elements(reader):
        if element["/S"] in named and "/Alt" in element:
            named[element["/S"]] += 1
    pages = [
        BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in NAMES
    ]
    assert named["/Formula"] == sum(len(page.select("article .katex")) for page in pages)
    assert named["/Figure"] == 1 + sum(len(page.select("article img:not(.only-dark)")) for page in pages)


def elements(reader):
    """Yield what a screen reader finds in a PDF."""
    places = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while places:
        place = places.pop().get_object()
        if isinstance(place, list):
            places.extend(place)
        elif isinstance(place, dict) and "/S" in place:
            yield place
            places.extend([place["/K"]] if "/K" in place else [])


def test_a_viewer_learns_title_language_and_state(reader):
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Deep Learning, from a neuron to CLIP"
    assert reader.metadata.author == "Picsart Academy"
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.pages[0].mediabox.width == pytest.approx(595, abs=1)


def test_nothing_of_the_screen_is_left(pages):
    text = "\n".join(pages)
    for words in (
        "Show code cell",
        "Hide code cell",
        "Skip to main content",
        "Search the book",
        "Colab Binder",
    ):
        assert words not in text


def test_the_same_site_gives_the_same_file(site, browser, content):
    again = book_pdf.made(site, PARTS, browser)
    assert again == content

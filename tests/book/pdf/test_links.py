"""A link of a page leads to the place in the PDF where there is one, and else to the published site."""

import pytest
from academy_pdf.links import Links

PLACES = {"cover", "glossary", "glossary:term-loss", "lesson1", "lesson1:fig-arms", "lesson2"}
PAGES = {"lessons/1-networks/lesson1", "lessons/2-training/lesson2", "book/glossary"}
LINKS = Links(PAGES, PLACES, "https://example.org/book/")
PAGE = "lessons/1-networks/lesson1"
HOME = "https://example.org/book/lessons/1-networks/lesson1.html"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("#fig-arms", "#lesson1:fig-arms"),
        ("../../book/glossary.html#term-loss", "#glossary:term-loss"),
        ("../2-training/lesson2.html", "#lesson2"),
        ("../../index.html", "#cover"),
        ("../../slides/lesson1.html", "https://example.org/book/slides/lesson1.html"),
        ("../../notebooks/lesson1.ipynb", "https://example.org/book/notebooks/lesson1.ipynb"),
        ("../../book/glossary.html#gone", "https://example.org/book/book/glossary.html#gone"),
        ("#playground?hidden=16", f"{HOME}#playground?hidden=16"),
        ("https://doi.org/10.1000/1#a", "https://doi.org/10.1000/1#a"),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
    ],
)
def test_a_link_leads_into_the_pdf_or_to_the_web(address, target):
    assert LINKS.target(PAGE, address) == target

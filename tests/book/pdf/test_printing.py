"""A document is printed with the numbers of its pages, or not at all: what lacks is named."""

from io import BytesIO

import pytest
from academy_pdf import printing
from pypdf import PdfReader

pytestmark = pytest.mark.slow
DOT = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
CONTENTS = """<ul style="break-after: page"><li><a href="#one">One</a> <b data-of="one"></b></li>
<li><a href="#two">Two</a> <b data-of="two"></b></li></ul>"""
CHAPTERS = f"""<div data-chapter="lesson1"><h1 id="one">One</h1><img src="{DOT}" alt="A dot">
<p style="break-after: page"><span class="katex">x</span></p><h1 id="two">Two</h1></div>"""


LOST = '<style>@font-face {font-family: "Lost"; src: url("gone.woff2")}</style>'
GROWING = "<style>[data-of]:empty {display: none} [data-of] {display: block; break-after: page}</style>"


@pytest.fixture
def printed(browser, tmp_path):
    def run(html, formulas=1, pictures=1):
        file = tmp_path / "book.html"
        file.write_text(f'<html lang="en"><style>@page {{size: A4}}</style>{html}', encoding="utf-8")
        return printing.printed(browser, file, {"lesson1": formulas}, {"lesson1": pictures})

    return run


def test_contents_have_the_numbers_of_the_pages_on_which_headings_stand(printed):
    content = printed(CONTENTS + CHAPTERS)
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert "One 2" in pages[0]
    assert "Two 3" in pages[0]
    assert "One" in pages[1]
    assert "Two" in pages[2]
    assert printing.places(content) == {"one": 2, "two": 3}


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        (CHAPTERS.replace(DOT, "gone.svg"), "A picture of lesson1 is not there: .*gone.svg"),
        (CHAPTERS.replace('class="katex"', ""), "lesson1 has 1 formulas, but 0 would be printed"),
        (CHAPTERS.replace("<img", "<img hidden"), "lesson1 has 1 pictures, but 0 would be printed"),
        (CHAPTERS + LOST, "The letters Lost are not there"),
        (GROWING + CONTENTS + CHAPTERS, "moved the pages that they name"),
    ],
)
def test_what_lacks_stops_it_with_a_sentence(printed, html, complaint):
    with pytest.raises(printing.Incomplete, match=complaint):
        printed(html)

"""Decks as PDF files: whole or not at all."""

import pytest
import slides_pdf


def test_a_pdf_that_lacks_slides_is_not_written(browser, tmp_path):
    short = tmp_path / "short.html"
    short.write_text(
        "<script>Reveal = {isReady: () => true, getTotalSlides: () => 2}</script>"
        '<p class="pdf-page">Two slides</p><p class="pdf-page">on one page</p>'
    )
    with pytest.raises(RuntimeError, match="2 slides, but 1 page"):
        slides_pdf.print_deck(browser, short, tmp_path / "short.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["short.html"]

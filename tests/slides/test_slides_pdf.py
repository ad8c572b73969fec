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


def test_slides_on_their_way_to_pages_are_waited_for(browser, tmp_path):
    deck = tmp_path / "moving.html"
    deck.write_text(
        """<style>.pdf-page { break-after: page }</style><script>
        let slides = 0;
        const Reveal = {isReady: () => true, getTotalSlides: () => slides};
        const late = () => {
            document.body.innerHTML = '<p class="pdf-page">1</p>'.repeat(2);
            slides = 2;
        };
        onload = () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(late, 200)));
        </script>"""
    )
    slides_pdf.print_deck(browser, deck, tmp_path / "moving.pdf")
    assert len(slides_pdf.PAGE.findall((tmp_path / "moving.pdf").read_bytes())) == 2

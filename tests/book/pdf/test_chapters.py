"""A page becomes a chapter: folds stand open, controls go, places have names of their own."""

import pytest
from academy_pdf import chapters, contents
from academy_pdf.links import Links
from bs4 import BeautifulSoup

PAGE = "lessons/1-networks/lesson1"
ARTICLE = """
<article class="bd-article"><section id="networks">
<span id="lesson-1"></span>
<h1><span class="section-number">1. </span>Networks<a class="headerlink" href="#networks">#</a></h1>
<div class="lesson-row"><ul><li><a href="x.ipynb">Download</a></li></ul><p>20 min</p></div>
<details class="admonition hide above-input"><summary>Show code cell source</summary>plt.plot()</details>
<details class="solution dropdown admonition"><summary class="admonition-title">Solution</summary>
<p>It is two.</p></details>
<div class="interactive" data-interactive="playground" data-value="{}">
<figure id="fig-arms"><img src="../../_images/arms.svg" alt="Two arms." loading="lazy"/></figure></div>
<p><img class="only-dark" src="../../_images/dark.png" alt="Dark."/><button>Play</button></p>
<section id="loss"><h2>The loss of <span class="katex"><span class="katex-mathml"><math>
<annotation>x^2</annotation></math></span><span class="katex-html" aria-hidden="true">x2</span></span>
and <a href="#networks">nets</a></h2>
</section></section></article>
"""


@pytest.fixture
def article():
    return BeautifulSoup(ARTICLE, "html.parser").article


@pytest.fixture
def chapter(article):
    links = Links({PAGE}, set(chapters.anchors(PAGE, article)), "https://example.org/")
    chapters.prepare(PAGE, article, links)
    return article


def test_hints_and_solutions_stand_open(chapter):
    assert chapter.details is None
    assert chapter.select_one(".solution p.admonition-title").get_text() == "Solution"
    assert "It is two." in chapter.get_text()


@pytest.mark.parametrize("words", ["Download", "Show code", "plt.plot", "Play", "#"])
def test_what_only_a_screen_can_do_goes(chapter, words):
    assert words not in chapter.get_text()
    assert "20 min" in chapter.get_text()


def test_a_figure_that_comes_to_life_stands_still_and_says_where_it_moves(chapter):
    place = chapter.select_one(".interactive")
    assert place.img["src"] == "_images/arms.svg"
    assert place.img["loading"] == "eager"
    assert place.select_one(".live a")["href"] == f"https://example.org/{PAGE}.html#fig-arms"


def test_one_picture_of_a_pair_for_two_themes_is_printed(chapter):
    assert [image["alt"] for image in chapter.select("img")] == ["Two arms."]


def test_a_formula_is_printed_once_and_told_as_tex(chapter):
    formula = chapter.select_one(".katex")
    assert formula.get_text() == "x2"
    assert formula["aria-label"] == "Formula: x^2"


def test_links_to_a_section_lead_to_its_heading_which_may_stand_on_the_page_after(chapter):
    assert chapter.h1["id"] == "lesson1:networks"
    assert chapter.h1.span["id"] == "lesson1:lesson-1"
    assert chapter.h2["id"] == "lesson1:loss"
    assert chapter.select("section[id]") == []


def test_headings_have_number_place_and_level_and_no_link_in_them(chapter):
    first, second = contents.headings(chapter)
    assert (first.anchor, first.level, first.words) == ("lesson1:networks", 1, "1. Networks")
    assert (second.anchor, second.level, second.words) == ("lesson1:loss", 2, "The loss of x2 and nets")
    assert "<a" not in second.html
    assert "id=" not in first.html
    assert "katex" in second.html

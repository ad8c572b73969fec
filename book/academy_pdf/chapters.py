"""A page of the site as a chapter on paper.

What only a screen can do goes: buttons, fields, what opens and closes. Folds stand open, hints and solutions
among them. Code that the page folds away, such as imports and what draws a figure, is left to the notebook.
"""

import posixpath
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from academy_pdf.links import Links, anchor

LEFT_OUT = (
    ".headerlink, .lesson-row ul, .lesson-end, .course-strip, .toctree-wrapper, .pst-js-only, .only-dark, "
    ".sd-summary-state-marker, details.above-input, script, style, button, i.fa-solid"
)
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
"""Attributes that name other elements of their page."""
FORMULA = "Formula: "
"""Begins the alternative text of a formula, as no picture's does."""
LIVE = "Comes to life at "


def anchors(page: str, article: Tag) -> Iterator[str]:
    """Name all places of a page, and the page itself."""
    yield anchor(page)
    for element in article.select("[id]"):
        yield anchor(page, str(element["id"]))


def prepare(page: str, article: Tag, links: Links) -> None:
    """Make a chapter of a page's article.

    Args:
        page: The page's name.
        article: What stands on it; it is changed.
        links: Says where links lead.
    """
    for element in article.select(LEFT_OUT):
        element.decompose()
    open_folds(article)
    for formula in article.select(".katex"):
        tell_formula(formula)
    for place in article.select(".interactive"):
        point_to_page(place, links.home(page))
    for link in article.select("a[href]"):
        link["href"] = links.target(page, str(link["href"]))
    for image in article.select("img"):
        image["src"] = posixpath.normpath(posixpath.join(posixpath.dirname(page), str(image["src"])))
        image["loading"] = "eager"
    name_headings(article)
    name_apart(page, article)


def open_folds(article: Tag) -> None:
    """Turn what opens and closes into blocks, which a browser breaks across pages like any other."""
    for fold in article.select("details"):
        fold.name = "div"
        fold["class"] = " ".join([*filter(None, fold.get_attribute_list("class")), "fold"])
        title = fold.find("summary", recursive=False)
        if title is not None:
            title.name = "p"


def tell_formula(formula: Tag) -> None:
    """Have a formula's letters printed once, and its TeX told to who does not see them."""
    source = formula.select_one("annotation")
    formula["role"] = "img"
    formula["aria-label"] = f"{FORMULA}{source.get_text() if source else formula.get_text()}"
    for part in formula.select(".katex-mathml"):
        part.decompose()
    for part in formula.select(".katex-html"):
        del part["aria-hidden"]


def point_to_page(place: Tag, home: str) -> None:
    """Write below an interactive's figure where it is alive."""
    new = BeautifulSoup("", "html.parser").new_tag
    figure = place.select_one("[id]")
    link = new("a", attrs={"href": f"{home}#{figure['id']}" if figure else home})
    link.append(home.removeprefix("https://"))
    line = new("p", attrs={"class": "live"})
    line.extend([LIVE, link])
    place.append(line)


def name_headings(article: Tag) -> None:
    """Give the names of a section to its heading: a section may begin on the page before."""
    for section in article.select("section[id]"):
        heading = section.find(["h1", "h2", "h3", "h4"], recursive=False)
        if heading is not None:
            heading["id"] = section["id"]
            del section["id"]
            for name in heading.find_previous_siblings("span", id=True):
                heading.insert(0, name)


def name_apart(page: str, article: Tag) -> None:
    """Give each identifier the page's name, so that it is the only one of the whole book."""
    for element in article.select("[id]"):
        element["id"] = anchor(page, str(element["id"]))
    for attribute in REFERRING:
        for element in article.select(f"[{attribute}]"):
            named = str(element[attribute]).split()
            element[attribute] = " ".join(anchor(page, each) for each in named)
    article["id"] = anchor(page)

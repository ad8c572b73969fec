"""The whole book as one HTML document: cover, what this edition is, contents, chapters."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from bs4 import Tag

from academy_pdf import chapters, contents
from academy_pdf.contents import Heading, Part
from academy_pdf.links import COVER, Links

STYLE = Path(__file__).with_name("book.css")
EDITION = "this-edition"
CONTENTS = "contents"

PAGE = """<!DOCTYPE html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8" />
<title>{title}</title>
<link rel="stylesheet" href="{site}/_static/site.css" />
<link rel="stylesheet" href="{site}/_static/katex/katex.min.css" />
<style>
@font-face {{
  font-family: "Source Sans 3";
  src: url("{site}/_static/fonts/source-sans-3-latin-wght-normal.woff2") format("woff2");
  font-weight: 200 900;
  font-display: block;
}}
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
COVER_PAGE = """<section class="cover" id="{anchor}">
<p class="book-author">{author}</p>
<h1>{title}</h1>
<p class="book-description">{description}</p>
{picture}
<p class="book-edition">Version {version}, {date}</p>
</section>
"""
EDITION_PAGE = """<section class="bd-article front" id="{anchor}">
<h1>About this edition</h1>
<p>This is the book at <a href="{address}">{bare}</a> on paper: version {version}, as of {date}{commit}.
Every page with code was executed when the book was built. The figures and the numbers in the sentences come
from that run.</p>
<p>Some of it differs from the pages on the site:</p>
<ul>
<li><strong>Figures that come to life</strong> stand still here. Below each is the address where it
moves.</li>
<li><strong>Hints, solutions and derivations</strong> are folded there and stand open here. Answer before you
read on.</li>
<li><strong>Other folded code</strong>, such as imports, helpers and what draws a figure, is left out. It is
in the chapter's notebook: look there where the text says “open the cell” or “folded”.</li>
<li><strong>Links</strong> within the book lead to their place in this file; notebooks, slides and all else
are on the web. The <a href="#{contents}">contents</a> number the pages as a viewer of PDF does.</li>
</ul>
<p>© {copyright} {author}. Text and figures are under the
<a href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution 4.0 International
License</a>, code is under the MIT License.</p>
</section>
"""


@dataclass(frozen=True)
class Edition:
    """What cover and first page say of the book.

    Attributes:
        address: Of the published site's root, with a slash at its end.
        commit: The beginning of the commit's name; empty where it is not known.
        copyright: The years of the copyright.
    """

    title: str
    author: str
    description: str
    address: str
    version: str
    date: str
    commit: str
    copyright: str


@dataclass(frozen=True)
class Chapter:
    """A page of the book, prepared for paper."""

    name: str
    article: Tag
    headings: list[Heading]


@dataclass(frozen=True)
class Book:
    """All that will be printed.

    Attributes:
        parts: The parts, with the names of their pages.
        chapters: By name, in the book's order.
        formulas: How many formulas each page of the site has, by name.
        pictures: How many pictures, likewise.
    """

    edition: Edition
    parts: list[Part]
    chapters: dict[str, Chapter]
    formulas: dict[str, int]
    pictures: dict[str, int]


def gather(site: Path, edition: Edition, parts: list[Part]) -> Book:
    """Read and prepare the pages of a built site.

    Args:
        site: Folder of the built site.
        edition: What cover and first page say.
        parts: What to take of it.
    """
    articles = {name: contents.article(site, name) for part in parts for name in part.pages}
    formulas = {name: len(article.select(".katex")) for name, article in articles.items()}
    pictures = {name: len(article.select("img:not(.only-dark)")) for name, article in articles.items()}
    places = {place for name, article in articles.items() for place in chapters.anchors(name, article)}
    links = Links(set(articles), places | {COVER}, edition.address)
    for name, article in articles.items():
        chapters.prepare(name, article, links)
    prepared = {
        name: Chapter(name, article, contents.headings(article)) for name, article in articles.items()
    }
    return Book(edition, parts, prepared, formulas, pictures)


def written(book: Book, site: str) -> str:
    """Write the book as HTML.

    Args:
        book: What to write.
        site: The address of the built site.
    """
    body = [cover(book), edition_page(book.edition), table_of_contents(book)]
    body += [chapter_html(chapter) for chapter in book.chapters.values()]
    style = STYLE.read_text(encoding="utf-8") + "".join(map(running_head, book.chapters.values()))
    return PAGE.format(
        title=escape(book.edition.title),
        site=site,
        style=style,
        body="".join(body).replace('src="', f'src="{site}/'),
    )


def cover(book: Book) -> str:
    """Write the first page, with the first picture of the chapters."""
    texts = {name: escape(value) for name, value in vars(book.edition).items()}
    pictures = (each.article.img for each in book.chapters.values() if each.article.img)
    picture = next(pictures, "")
    return COVER_PAGE.format(anchor=COVER, picture=picture, **texts)


def edition_page(edition: Edition) -> str:
    """Write what this edition is, and what on paper differs from the site."""
    texts = {name: escape(value) for name, value in vars(edition).items()}
    texts["commit"] = f" (commit {edition.commit})" if edition.commit else ""
    bare = edition.address.removeprefix("https://").removesuffix("/")
    return EDITION_PAGE.format(
        anchor=EDITION, heading="About this edition", contents=CONTENTS, bare=bare, **texts
    )


def table_of_contents(book: Book) -> str:
    """Write the contents; the numbers of the pages are filled in once they are known."""
    lines = [f'<nav class="bd-article front contents" id="{CONTENTS}"><h1>Contents</h1>']
    for part in book.parts:
        lines.append(f'<p class="part">{escape(part.title)}</p>')
        for name in part.pages:
            title, *others = book.chapters[name].headings
            lines.append(f'<p class="chapter">{entry(title)}</p><ul>')
            lines += [f"<li>{entry(each)}</li>" for each in others]
            lines.append("</ul>")
    return "\n".join([*lines, "</nav>\n"])


def entry(heading: Heading) -> str:
    """Write a line of the contents."""
    place = escape(heading.anchor)
    return (
        f'<a href="#{place}"><span class="entry">{heading.html}</span><span class="leader"></span>'
        f'<span class="number" data-of="{place}"></span></a>'
    )


def chapter_html(chapter: Chapter) -> str:
    """Write a chapter within the boxes that the site's style sheet knows."""
    page = f"chapter-{chapter.name.replace('/', '-')}"
    return (
        f'<div class="bd-main" data-chapter="{chapter.name}" style="page: {page}"><div class="bd-content">'
        f'<div class="bd-article-container">{chapter.article}</div></div></div>\n'
    )


def running_head(chapter: Chapter) -> str:
    """Write the rule that puts a chapter's title above its pages."""
    title = chapter.headings[0].words if chapter.headings else chapter.name
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    page = f"chapter-{chapter.name.replace('/', '-')}"
    return f'@page {page} {{ @top-left {{ content: "{quoted}"; }} }}\n'

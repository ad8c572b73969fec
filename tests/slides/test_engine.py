"""On tiny sites: a deck shows what its chapter computed last, and a mistake in it fails the build."""

from pathlib import Path
from textwrap import dedent

import pytest
from academy_book import departed
from bs4 import BeautifulSoup
from sites import ROOT, TinySite

ENGINE = ["conf.py", "academy_decks", "_static", "_templates"]
TITLE = """\
---
chapter: {chapter}
description: A deck of a test.
---

# A deck

:::{{chapter-figure}} fig-{chapter}
:::

:::{{notes}}
Say something.
:::
"""
CHAPTER = """
```{{code-cell}} ipython3
---
mystnb:
  figure:
    name: fig-{name}
    caption: A line.
  image:
    alt: A line that ends at {number}.
---
import matplotlib.pyplot as plt

from academy.show.figures import house_style
from academy.show.numbers import glue

house_style()
plt.plot([0, {number}])
plt.show()
```

```{{code-cell}} ipython3
glue("{name}-number", f"exactly {number}")
```

## A section

Prose.
"""


class TinySiteWithDecks(TinySite):
    """A tiny book with the real engine of the decks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (folder / "slides").mkdir()
        for name in ENGINE:
            (folder / "slides" / name).symlink_to(ROOT / "slides" / name)
        self.names: list[str] = []

    def chapter(self, name: str, number: int) -> None:
        """Write a chapter that draws a figure and glues a number."""
        self.lesson(name, CHAPTER.format(name=name, number=number))

    def deck(self, name: str, body: str) -> None:
        """Write a deck of a chapter and list it."""
        self.write(f"slides/{name}.md", TITLE.format(chapter=name) + dedent(body))
        self.names = sorted({*self.names, name})
        self.write_index()

    def withdraw(self, name: str) -> None:
        """Delete a deck, and take it off the list."""
        (self.folder / "slides" / f"{name}.md").unlink()
        self.names.remove(name)
        self.write_index()

    def write_index(self) -> None:
        """Write the list of the decks."""
        contents = "\n".join(self.names)
        self.write("slides/index.md", f"# Slides\n\n```{{toctree}}\n{contents}\n```\n")

    def page(self, name: str) -> Path:
        """Return the built file of a deck."""
        return self.folder / "_build" / "html" / "slides" / f"{name}.html"


PART = """
## A part

:::{book-section} a-section
:minutes: 5
:::

It is {value}`%s-number`.

:::{notes}
Say the number.
:::
"""

IN_DEPTH = """
{.in-depth}
## A part to skip

:::{book-section} a-section
:minutes: 5
:::

:::{notes}
Say that this may be skipped.
:::

### A slide of it

:::{notes}
Say it.
:::

## A part to show

:::{book-section} a-section
:minutes: 5
:::

:::{notes}
Say it.
:::

{.question .in-depth}
### A question to skip

:::{notes}
Ask it.
:::

### A slide to show

:::{notes}
Say it.
:::
"""

MISTAKES = """
## A part without its minutes

{value}`lesson1-numbr` {chapter}`there <a-sektion>`

:::{chapter-figure} fig-lesson
:::

:::{book-section} no-such-section
:::
"""
COMPLAINTS = [
    "has no value 'lesson1-numbr'; it has lesson1-number",
    "has no figure 'fig-lesson'; it has fig-lesson1",
    "has no section 'a-sektion'; it has a-section",
    "has no section 'no-such-section'",
    "the slide “A part without its minutes” has no notes",
    "a part needs a {book-section} with its :minutes:",
    "the decks did not build",
]


@pytest.fixture
def site(tmp_path):
    return TinySiteWithDecks(tmp_path)


def test_every_mistake_in_a_deck_fails_the_build_twice_and_is_named(site):
    site.chapter("lesson1", 1)
    site.deck("lesson1", MISTAKES)
    for build in (site.build(), site.build()):
        assert build.returncode != 0
        for complaint in COMPLAINTS:
            assert complaint in build.text


def test_decks_show_what_their_chapters_computed_last_and_only_what_changed_is_rebuilt(site):
    for name in ("lesson1", "lesson2"):
        site.chapter(name, 1)
        site.deck(name, PART % name)
    first = site.build()
    assert first.returncode == 0, first.text
    assert "exactly 1" in site.page("lesson1").read_text()
    assert "A line that ends at 1." in site.page("lesson1").read_text()
    other = site.page("lesson2").stat().st_mtime_ns

    site.chapter("lesson1", 7)
    second = site.build()
    assert second.returncode == 0, second.text
    assert "exactly 7" in site.page("lesson1").read_text()
    assert "A line that ends at 7." in site.page("lesson1").read_text()

    site.chapter("lesson1", 1)
    third = site.build()
    assert third.executed == set(), "the page should have come from the cache"
    assert "exactly 1" in site.page("lesson1").read_text()
    assert site.page("lesson2").stat().st_mtime_ns == other

    printed, mine = (site.page(name).with_suffix(".pdf") for name in ("lesson2", "mine"))
    with departed.recorded(site.folder / "_build" / "html"):
        printed.write_bytes(b"printed by the book")
    mine.write_bytes(b"put there by somebody")
    site.leave("lesson2")
    site.withdraw("lesson2")
    fourth = site.build()
    assert fourth.returncode == 0, fourth.text
    assert fourth.executed == set()
    assert "exactly 1" in site.page("lesson1").read_text()
    left = {path.name for path in site.page("lesson2").parent.iterdir() if path.stem in ("lesson2", "mine")}
    assert left == {"mine.pdf"}


def test_what_may_be_skipped_says_so_on_its_slides_and_in_the_list_of_decks(site):
    site.chapter("lesson1", 1)
    site.deck("lesson1", IN_DEPTH)
    build = site.build()
    assert build.returncode == 0, build.text
    deck = BeautifulSoup(site.page("lesson1").read_bytes(), "html.parser")
    slides = [section for section in deck.select("section") if not section.find("section")]
    labels = {slide.find(["h1", "h2", "h3"]).get_text(): slide.select_one(".label") for slide in slides}
    assert {title: label and label.get_text() for title, label in labels.items()} == {
        "A deck": None,
        "A part to skip": "Part 1 · 5 minutes · In depth",
        "A slide of it": "In depth",
        "A part to show": "Part 2 · 5 minutes",
        "A question to skip": "Ask the room · In depth",
        "A slide to show": None,
    }
    index = BeautifulSoup(site.page("index").read_bytes(), "html.parser")
    listed = [" ".join(part.get_text().split()) for part in index.select("ol li")]
    assert listed == ["A part to skip 5 min, in depth", "A part to show 5 min"]


def test_a_chapter_that_names_no_deck_or_one_that_is_missing(site):
    site.chapter("lesson1", 1)
    site.deck("lesson1", PART % "lesson1")
    page = site.folder / "lessons/1-topic/lesson1.md"
    page.write_text(page.read_text().replace("  number: 1\n", "  number: 1\n  deck: lesson9\n"))
    build = site.build()
    assert build.returncode != 0
    assert "its deck slides/lesson9.html does not exist" in build.text

"""A page runs again exactly when something its cells read has changed."""

from pathlib import Path

import pytest
from academy_book import freshness
from sites import ROOT, TinySite

PAGES = sorted(ROOT.glob("lessons/*/*.md")) + sorted(ROOT.glob("lessons/competitions/*/*.md"))
CELL = """\
```{{code-cell}} ipython3
{code}
```
"""


@pytest.fixture
def site(tmp_path):
    """Two lessons: one imports `alpha`, which imports `beta`; the other imports `gamma`."""
    site = TinySite(tmp_path, freshness_package="tiny")
    site.write("tiny/__init__.py", "")
    site.write("tiny/alpha.py", "from tiny.assets import fetch\nfrom tiny.beta import number\n")
    site.write("tiny/assets.py", "fetch = 1\n")
    site.write("tiny/beta.py", "number = 1\n")
    site.write("tiny/gamma.py", "number = 3\n")
    site.write("tiny/gamma.toml", "number = 3\n")
    site.write("tiny/lesson2/results/widths.json", "[]")
    site.write("requirements.txt", "numpy==1\n")
    site.lesson("lesson1", CELL.format(code="from tiny.alpha import number\nprint(number)"))
    site.lesson("lesson2", CELL.format(code="from tiny import gamma\nprint(gamma.number)"))
    first = site.build()
    assert first.returncode == 0, first.text
    assert first.executed == {"lesson1", "lesson2"}
    return site


def rebuilt(site):
    build = site.build()
    assert build.returncode == 0, build.text
    return build.executed


def test_only_what_reads_a_change_runs_again(site):
    page = site.folder / "lessons/1-topic/lesson1.md"
    page.write_text(page.read_text() + "\nMore prose.\n")
    assert rebuilt(site) == set(), "prose runs nothing"
    assert "More prose" in (site.folder / "_build/html/lessons/1-topic/lesson1.html").read_text()

    site.write("tiny/beta.py", "number = 2\n")
    assert rebuilt(site) == {"lesson1"}, "an indirect import runs its page and no other"
    assert ">2\n" in (site.folder / "_build/html/lessons/1-topic/lesson1.html").read_text()

    site.write("tiny/beta.py", "number = 1\n")
    assert rebuilt(site) == set(), "a reverted edit hits the cache"
    assert ">1\n" in (site.folder / "_build/html/lessons/1-topic/lesson1.html").read_text()

    site.write("requirements.txt", "numpy==2\n")
    assert rebuilt(site) == {"lesson1", "lesson2"}, "the lock runs every page"


def test_a_file_or_asset_that_the_front_matter_names_runs_its_page(site):
    page = site.folder / "lessons/2-topic/lesson2.md"
    data = site.write("lessons/2-topic/points.csv", "1,2\n")
    page.write_text(page.read_text().replace("  number: 2\n", "  number: 2\n  files: [points.csv]\n"))
    assert rebuilt(site) == {"lesson2"}
    data.write_text("3,4\n")
    assert rebuilt(site) == {"lesson2"}
    site.write("tiny/lesson2/results/widths.json", "[1]")
    assert rebuilt(site) == {"lesson2"}, "results of a longer sweep belong to the page of that name"
    site.write("tiny/gamma.toml", "number = 4\n")
    assert rebuilt(site) == {"lesson2"}, "a table beside a module belongs to it"
    site.write("tiny/assets.py", "fetch = 2\n")
    assert rebuilt(site) == set(), "how an asset is fetched changes nothing that arrives"
    page.write_text(page.read_text().replace("[points.csv]\n", "[points.csv]\n  assets: [katex]\n"))
    assert rebuilt(site) == {"lesson2"}
    assert rebuilt(site) == set()


def test_every_change_in_a_folder_that_the_front_matter_names_runs_its_page(site):
    page = site.folder / "lessons/2-topic/lesson2.md"
    first = site.write("lessons/2-topic/handed/in/first.txt", "one")
    page.write_text(page.read_text().replace("  number: 2\n", "  number: 2\n  folders: [handed]\n"))
    assert rebuilt(site) == {"lesson2"}
    first.write_text("two")
    assert rebuilt(site) == {"lesson2"}, "a changed file"
    second = site.write("lessons/2-topic/handed/more/second.txt", "three")
    assert rebuilt(site) == {"lesson2"}, "a new file in a new folder"
    second.unlink()
    assert rebuilt(site) == set(), "a removed file: the state before it is in the cache"
    (site.folder / "lessons/2-topic/handed/zero").symlink_to("/dev/zero")
    assert rebuilt(site) == {"lesson2"}, "a link, which is not followed"
    assert rebuilt(site) == set()


@pytest.mark.parametrize(
    "page",
    PAGES,
    ids=lambda page: page.stem,
)
def test_no_page_of_the_book_reads_the_code_of_another_lesson_or_of_a_source_of_assets(page: Path) -> None:
    names = freshness.imported_modules(page.read_text(encoding="utf-8"), "academy")
    own = page.stem.replace("homework", "lesson")
    slices = {
        name.split(".")[2] for name in names if name.startswith(("academy.lessons.", "academy.competitions."))
    }
    assert slices <= {own}
    assert not any(name.startswith("academy.assets") for name in names)
    assert "academy.show.numbers" in names, "the graph was read"

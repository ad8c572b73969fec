"""A site that was built again is as if built once: side by side, after a change, after a page left."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from academy_book import one_build
from sites import BOOK, ROOT, Build, TinySite, start

pytestmark = pytest.mark.slow

FIGURE = """
    ```{code-cell} ipython3
    ---
    mystnb:
      figure:
        name: fig-line
        caption: A line.
      image:
        alt: A line that rises.
    ---
    import matplotlib.pyplot as plt

    plt.plot([0, 1])
    plt.show()
    ```
    """
TERMS = """
```{glossary}
neuron
  A thing.
```

```{index} perceptron
```
"""


class Twice:
    """A tiny site that two builds at once have made."""

    def __init__(self, folder: Path) -> None:
        self.site = TinySite(folder, BOOK, html_static_path=[str(ROOT / "book" / "_static")])
        self.site.lesson("lesson1", "A word.\n")
        self.site.lesson("lesson2", TERMS)
        self.site.lesson("lesson3", FIGURE)
        self.builds = at_once(folder)

    @property
    def html(self) -> Path:
        """The built site."""
        return self.site.folder / "_build" / "html"

    def index(self) -> dict:
        """Return the search index."""
        return json.loads((self.html / "searchindex.js").read_text()[len("Search.setIndex(") : -1])


def at_once(folder: Path) -> list[Build]:
    """Build a site twice; both builds wait for the folder until both have said so."""
    taken = one_build.take(folder / "_build", print)
    processes = [start(folder) for _ in range(2)]
    for process in processes:
        assert any("Another build is at work" in line for line in process.stdout)
    taken.release()
    texts = [process.communicate()[0] for process in processes]
    return [Build(process.returncode, text) for process, text in zip(processes, texts)]


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    return Twice(tmp_path_factory.mktemp("twice"))


def test_two_builds_at_once_wait_for_each_other(twice):
    for build in twice.builds:
        assert build.returncode == 0, build.text
    assert sorted(len(build.executed) for build in twice.builds) == [0, 3]


def test_a_repeated_build_has_the_search_index_of_a_fresh_one(twice):
    fresh = twice.index()
    assert {"neuron", "perceptron"} <= set(fresh["indexentries"])
    twice.site.lesson("lesson1", "Another expression.\n")
    assert twice.site.build().returncode == 0
    assert "express" in twice.index()["terms"]
    twice.site.lesson("lesson1", "A word.\n")
    assert twice.site.build().returncode == 0
    assert twice.index() == fresh


def test_a_page_that_left_leaves_the_site_and_what_others_put_there_stays(twice):
    ours = {path.relative_to(twice.html) for path in twice.html.rglob("*lesson3*")}
    drawn = [path for path in (twice.html / "_images").iterdir() if path.is_file()]
    assert {path.suffix for path in ours} >= {".html", ".ipynb", ".png"}
    assert drawn
    kept = [twice.html / "lessons/3-topic/mine.html", twice.html / "_images/mine.svg"]
    for path in kept:
        path.write_text("put there by somebody")

    twice.site.leave("lesson3")
    build = twice.site.build()
    assert build.returncode == 0, build.text
    assert not build.executed
    assert "lessons/3-topic/lesson3 left" in build.text
    assert not [path for path in twice.html.rglob("*lesson3*") if path.is_file()]
    assert not any(path.exists() for path in drawn)
    assert all(path.read_text() == "put there by somebody" for path in kept)
    assert set(twice.index()["docnames"]) == {"index", "lessons/1-topic/lesson1", "lessons/2-topic/lesson2"}
    assert len(ElementTree.parse(twice.html / "sitemap.xml").getroot()) == 3
    assert (twice.html / "lessons/1-topic/lesson1.html").is_file()

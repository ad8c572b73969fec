"""A tiny site that holds every component a page may have, and a homework, in the book's look."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browser import serve
from sites import BOOK, FRONT_MATTER, ROOT, TinySite

PARTS = Path(__file__).with_name("components.md")
CONTENTS = """\
format: jb-book
root: index
parts:
  - caption: Lessons
    numbered: true
    chapters:
      - file: lessons/1-topic/lesson1
        sections:
          - file: lessons/1-topic/homework1
"""


@pytest.fixture(scope="session")
def components(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, with the components on `lessons/1-topic/lesson1.html`."""
    site = TinySite(tmp_path_factory.mktemp("components"))
    configuration = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    configuration["sphinx"]["local_extensions"] = BOOK
    book = ROOT / "book"
    configuration["sphinx"]["config"] |= {
        "html_static_path": [str(book / "_static")],
        "templates_path": [str(book / "_templates")],
    }
    configuration["bibtex_bibfiles"] = ["references.bib"]
    site.write("_config.yml", yaml.safe_dump(configuration))
    site.lesson("lesson1", PARTS.read_text(encoding="utf-8"))
    site.write(
        "lessons/1-topic/homework1.md", FRONT_MATTER.format(number=1) + "\n# Homework\n\nAdd one and one.\n"
    )
    site.write("_toc.yml", CONTENTS)
    build = site.build()
    assert build.returncode == 0, build.text
    return site.folder / "_build" / "html"


@pytest.fixture(scope="session")
def parts(components: Path) -> Iterator[str]:
    """The address of the page with every component."""
    with serve(components) as root:
        yield root + "lessons/1-topic/lesson1.html"

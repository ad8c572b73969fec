"""A new lesson touches its own folders, the contents and the course's outline, and nothing else.

It is added to a copy of the project whose other pages are out of the contents, so that none of them runs.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from sites import ROOT, Build, jupyter_book

pytestmark = pytest.mark.slow

COPIED = ("_config.yml", "requirements.txt", "pyproject.toml", "book", "code", "slides")
OWN = {
    "lessons/9-tiny/lesson9.md": """\
---
file_format: mystnb
kernelspec:
  name: python3
  display_name: Python 3
lesson:
  number: 1
  deck: lesson9
description: A lesson of a test.
---

# A tiny lesson

```{code-cell} ipython3
:tags: [hide-cell]
import matplotlib.pyplot as plt

from academy.learn.seeds import seed_everything
from academy.lessons.lesson9.doubling import doubled
from academy.show.figures import house_style

house_style()
seed_everything(0)
```

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-tiny
    caption: A line.
  image:
    alt: A line that rises.
---
plt.plot([0, doubled(21)])
plt.show()
```

## What came out

```{code-cell} ipython3
:tags: [remove-cell]
from academy.learn.sweeps import read_sweep
from academy.show.numbers import claim, glue

tries = read_sweep("lessons/lesson9/tries")["rows"]
glue("lesson9-result", str(tries[0]["result"]))
claim("the sweep found much", tries[0]["result"], 1000)
```

The sweep found {glue:text}`lesson9-result`.

:::{predict} What is twice as much?
:::

:::{admonition} What to take
:class: what-to-take
Double it.
:::

{.in-depth}
## Why it doubles

Two times one is two.

## In short

- It doubles ({numref}`fig-tiny`).
""",
    "lessons/9-tiny/homework9.md": """\
---
file_format: mystnb
kernelspec:
  name: python3
  display_name: Python 3
lesson:
  number: 1
description: A homework of a test.
---

# Tiny homework

```{code-cell} ipython3
from academy.lessons.lesson9.homework import check
```

```{code-cell} ipython3
:tags: [task]
# your code
answer = ...
# solution
answer = 42
# end of solution
```

```{code-cell} ipython3
check(1)
```
""",
    "slides/lesson9.md": """\
---
chapter: lesson9
description: A deck of a test.
---

# Tiny

:::{chapter-figure} fig-tiny
:::

:::{notes}
**Say.** The sweep found {value}`lesson9-result`.
:::
""",
    "code/academy/lessons/lesson9/__init__.py": "",
    "code/academy/lessons/lesson9/doubling.py": '''\
"""Doubling."""


def doubled(number: int) -> int:
    """Return twice the number."""
    return 2 * number
''',
    "code/academy/lessons/lesson9/results/tries.json": json.dumps({"rows": [{"result": 4711}]}),
    "code/academy/lessons/lesson9/homework/__init__.py": '''\
"""Homework 9, task by task."""

from academy.homework.tasks import Homework
from academy.lessons.lesson9.homework.doubled import answers

homework = Homework("homework9", [("the answer", answers)])
check = homework.check
''',
    "code/academy/lessons/lesson9/homework/doubled.py": '''\
"""The answer is doubled."""

from collections.abc import Iterator
from typing import Any

from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson9.doubling import doubled


def answers(answer: Any) -> Iterator[Finding]:
    """Check the answer."""
    yield right("42") if answer == doubled(21) else wrong(f"{answer} is not 42.", "double 21.")
''',
}
CONTENTS = {
    "format": "jb-book",
    "root": "index",
    "parts": [
        {
            "caption": "Tiny",
            "numbered": True,
            "chapters": [
                {
                    "file": "lessons/9-tiny/lesson9",
                    "sections": [{"file": "lessons/9-tiny/homework9"}],
                }
            ],
        }
    ],
}
FRONT_PAGE = """\
# A book

```{course}
- module: Tiny
  goal: Small.
  lessons:
    - page: lessons/9-tiny/lesson9
      builds: a line that rises.
      figure: fig-tiny
```
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, with the lesson's own files, in the contents and in the outline."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for deck in folder.glob("slides/lesson*.md"):
        deck.unlink()  # of the lessons that are out of the contents
    for name, text in OWN.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "_toc.yml").write_text(yaml.safe_dump(CONTENTS), encoding="utf-8")
    (folder / "index.md").write_text(FRONT_PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(project: Path) -> Build:
    return jupyter_book(project, PYTHONPATH=str(project / "code"))


def text_of(page: Path) -> str:
    return BeautifulSoup(page.read_bytes(), "html.parser").get_text()


def run(project: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(project / "code")}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_its_pages_notebooks_and_deck_are_made_and_listed(project: Path, built: Build) -> None:
    assert built.returncode == 0, built.text
    site = project / "_build" / "html"
    page = text_of(site / "lessons/9-tiny/lesson9.html")
    for text in ("The sweep found 4711.", "5 min for the core path", "Why it doubles · in depth"):
        assert text in page
    assert "Task 1, the answer: solved" in text_of(site / "lessons/9-tiny/homework9.html")
    assert (site / "notebooks" / "lesson9.ipynb").is_file()
    assert (site / "notebooks" / "homework9.ipynb").is_file()
    assert "The sweep found 4711." in text_of(site / "slides" / "lesson9.html")
    assert 'href="lesson9.html"' in (site / "slides" / "index.html").read_text(encoding="utf-8")
    front_page = BeautifulSoup((site / "index.html").read_bytes(), "html.parser").main
    assert front_page.find("a", href="lessons/9-tiny/lesson9.html")
    assert "You build a line that rises." in front_page.get_text()
    assert front_page.find("img", alt="A line that rises.")
    assert front_page.find("a", href="lessons/9-tiny/homework9.html", string="Do the homework")


def test_its_homework_is_graded(project: Path, built: Build) -> None:
    notebook = project / "_build" / "html" / "notebooks" / "homework9.ipynb"
    graded = run(project, "academy", "check", "homework9", "--json", str(notebook))
    (grade,) = json.loads(graded.stdout)
    assert (grade["score"], grade["of"]) == (0, 1), graded.stderr
    assert grade["sentence"].startswith("Task 1:")


def test_a_lesson_that_uses_another_is_named(project: Path) -> None:
    assert run(project, "lint-imports").returncode == 0
    borrowing = project / "code/academy/lessons/lesson9/borrowing.py"
    borrowing.write_text("from academy.lessons.lesson1 import spiral_runs\n", encoding="utf-8")
    found = run(project, "lint-imports")
    borrowing.unlink()
    assert found.returncode == 1
    assert "academy.lessons.lesson9 is not allowed to import academy.lessons.lesson1" in found.stdout

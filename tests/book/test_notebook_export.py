"""A page's notebook holds everything of the page, in order, as Colab shows it."""

import os
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from academy_book import freshness, notebooks
from sites import TinySite

pytestmark = pytest.mark.slow

PAGE = """
(start)=
## Start

A paragraph with **bold**, `code`, math $x^2$, a literal * star and [a link](#table-sizes).

:::{admonition} Note this
:class: tip
First line.

- one
- two
:::

```{math}
:label: eq-square
y = x^2
```

See {eq}`eq-square`, {numref}`fig-line`, {numref}`table-sizes`, {ref}`start`.

```python
plain = "not a cell"
```

```{code-cell} ipython3
:tags: [hide-input]
from academy.show.numbers import glue
glue("tiny-answer", "42")
```

The answer is {glue:text}`tiny-answer`.

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-line
    caption: A line that rises.
  image:
    alt: A line.
---
import matplotlib.pyplot as plt
plt.plot([0, 1])
plt.show()
```

:::{table} Sizes
:name: table-sizes
| name | size |
| --- | --- |
| a | 1 |
| b | 2 |
:::

::::{tab-set}
:::{tab-item} First tab
Content one.
:::
:::{tab-item} Second tab
Content two.
:::
::::

:::{dropdown} Open me
Hidden words.
:::

Term
: Its meaning.

:::{exercise} Double it
:label: exercise-double
Write a function that doubles.
:::

::::{solution-start} exercise-double
:class: dropdown
::::

Multiply by two.

```{code-cell} ipython3
def double(x):
    return 2 * x
```

It works for any number.

::::{solution-end}
::::
"""


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    site = TinySite(tmp_path_factory.mktemp("export"))
    site.lesson("lesson1", PAGE)
    page = site.folder / "lessons/1-topic/lesson1.md"
    page.write_text(
        page.read_text().replace(
            "  number: 1\n", "  number: 1\n  gpu: true\n  files: [sizes.csv]\n  folders: [handed]\n"
        )
    )
    (site.folder / "lessons/1-topic/handed/in").mkdir(parents=True)
    (site.folder / "lessons/1-topic/handed/in/bytes").write_bytes(bytes(range(256)))
    (site.folder / "lessons/1-topic/handed/link").symlink_to("/dev/zero")
    site.write("lessons/1-topic/sizes.csv", "name,size\na,1\n")
    build = site.build()
    assert build.returncode == 0, build.text
    notebook = nbformat.read(site.folder / "_build/html/notebooks/lesson1.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.accelerator == "GPU"
    return notebook.cells


@pytest.fixture(scope="module")
def markdown(cells):
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def test_code_cells_keep_place_order_and_tags_and_nothing_else_is_code(cells):
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert "%pip install" in code[0].source
    assert code[1].source == "%%writefile sizes.csv\nname,size\na,1"
    assert code[2].source.startswith("# The folder “handed”")
    assert 'glue("tiny-answer", "42")' in code[3].source
    assert code[3].metadata.tags == ["hide-input"]
    assert "plt.plot" in code[4].source
    assert "def double" in code[5].source
    assert len(code) == 6
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


def test_hidden_and_solution_cells_are_folded(cells):
    code = [cell for cell in cells if cell.cell_type == "code"]
    folded = [cell.metadata.get("cellView") == "form" for cell in code]
    assert folded == [True, True, True, True, False, True]
    assert all(cell.metadata.jupyter.source_hidden for cell, is_folded in zip(code, folded) if is_folded)


@pytest.mark.parametrize(
    "expected",
    [
        "**bold**, `code`, math $x^2$, a literal \\* star",
        "> **Note this**\n>\n> First line.\n>\n> - one\n> - two",
        "$$\ny = x^2 \\tag{1.1}\n$$",
        "See [(1.1)](https://agasy18.github.io/pa-academy-ai-2025/lessons/1-topic/lesson1.html#equation-eq-square)",
        "[Fig. 1.1](https://agasy18.github.io/pa-academy-ai-2025/lessons/1-topic/lesson1.html#fig-line)",
        "[Table 1.1](https://agasy18.github.io/pa-academy-ai-2025/lessons/1-topic/lesson1.html#table-sizes)",
        "[Start](https://agasy18.github.io/pa-academy-ai-2025/lessons/1-topic/lesson1.html#start)",
        '```python\nplain = "not a cell"\n```',
        "The answer is 42.",
        "*Fig. 1.1: A line that rises.*",
        "*Table 1.1: Sizes*\n\n| name | size |\n| --- | --- |\n| a | 1 |\n| b | 2 |",
        "**First tab**\n\nContent one.\n\n**Second tab**\n\nContent two.",
        "<details>\n<summary>Open me</summary>\n\nHidden words.\n\n</details>",
        "**Term**\n\n> Its meaning.",
        "> **Exercise 1.1 (Double it)**\n>\n> Write a function that doubles.",
        "<summary>Solution to Exercise 1.1 (Double it)</summary>\n\nMultiply by two.\n\n</details>",
        "It works for any number.\n\n</details>",
    ],
)
def test_the_page_in_markdown(markdown, expected):
    assert expected in markdown


def test_the_solution_cell_stands_between_its_two_texts(cells):
    sources = [cell.source for cell in cells]
    position = next(n for n, source in enumerate(sources) if source.startswith("def double"))
    assert "Multiply by two." in sources[position - 1]
    assert "It works for any number." in sources[position + 1]


def test_nothing_of_the_book_only_is_left(cells):
    text = "\n".join(cell.source for cell in cells)
    for trace in ["myst_nb", "{glue", "{numref}", ":::", "{code-cell}", "mystnb"]:
        assert trace not in text


def test_a_folder_that_the_cells_read_is_written_by_a_folded_cell(cells, tmp_path, monkeypatch):
    cell = next(cell for cell in cells if cell.source.startswith("# The folder “handed”"))
    assert cell.metadata["cellView"] == "form"
    monkeypatch.chdir(tmp_path)
    exec(cell.source)
    files = [path for path in tmp_path.rglob("*") if not path.is_dir()]
    assert [path.relative_to(tmp_path).as_posix() for path in files] == ["handed/in/bytes"]
    assert files[0].read_bytes() == bytes(range(256))


def test_a_file_name_that_is_no_utf_8_stops_neither_fingerprint_nor_notebook(tmp_path, monkeypatch):
    handed = tmp_path / "handed"
    handed.mkdir()
    odd = Path(os.fsdecode(os.fsencode(handed) + b"/odd \xff.txt"))
    odd.write_text("content")
    assert freshness.folder_entry(odd).endswith(b"content")
    reader = tmp_path / "reader"
    reader.mkdir()
    monkeypatch.chdir(reader)
    exec(notebooks.folder_cell(tmp_path, "handed").source, {})
    assert Path("handed", "odd \ufffd.txt").read_text() == "content"


def test_two_pages_whose_notebooks_would_have_one_name_are_named(caplog):
    pages = {"lessons/1-lines/lesson1", "lessons/2-curves/lesson1", "lessons/2-curves/homework2", "lesson1"}
    notebooks.check(None, SimpleNamespace(found_docs=pages))
    (complaint,) = caplog.messages
    assert "its notebook would be lesson1.ipynb, which is that of lessons/1-lines/lesson1" in complaint

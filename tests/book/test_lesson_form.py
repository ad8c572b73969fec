"""The form of a lesson, on a tiny site: what the page, its contents and its notebook make of it."""

import json
import re

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell
from safetensors.numpy import save
from sites import TinySite
from stand_in import Server, sends, status

pytestmark = pytest.mark.slow

PAGE = """
```{code-cell} ipython3
:tags: [hide-cell]
import random

seed = 0
```

```{code-cell} ipython3
:tags: [remove-cell]
from academy.show.numbers import claim, glue

glue("tiny-answer", "forty-two")
claim("two is more than one", 2 - 1)
```

The answer is {glue:text}`tiny-answer`. Why it is so says {ref}`variance`.

(lines-and-planes)=
## Lines and planes

:::{predict} How does the *accuracy* change?
All else stays.

- It rises, by $2\\%$ or more.
- It falls.
:::

:::{predict} What shape has the boundary?
:::

```{code-cell} ipython3
:tags: [colab]
# Needs the Hugging Face hub: 100 bytes, no time at all.
from huggingface_hub import hf_hub_download
from safetensors.numpy import load_file

weights = load_file(hf_hub_download("someone/tiny", "model.safetensors"))
```

:::{admonition} What to take
:class: what-to-take
- **First try:** Adam at 0.01.
:::

(variance)=
{.in-depth}
## The *variance* of a mean

Read on who wants to.

### A proof

It follows.

## Exercises

```{exercise} One
:label: ex-one
Do it.
```

```{exercise} Two
:label: ex-two
Do it again.
```

```{exercise} Three
:label: ex-three
And again.
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = TinySite(tmp_path_factory.mktemp("form"))
    site.lesson("lesson1", PAGE)
    build = site.build()
    assert build.returncode == 0, build.text
    return site.folder / "_build"


@pytest.fixture(scope="module")
def page(built):
    return BeautifulSoup((built / "html/lessons/1-topic/lesson1.html").read_bytes(), "html.parser")


@pytest.fixture(scope="module")
def notebook(built):
    found = nbformat.read(built / "html/notebooks/lesson1.ipynb", as_version=4)
    nbformat.validate(found)
    return found


@pytest.fixture(scope="module")
def markdown(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


@pytest.fixture(scope="module")
def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def words(element):
    return " ".join(element.get_text().split())


# Sections in depth


def test_a_section_in_depth_says_so_in_its_heading_and_in_the_contents_of_the_page(page):
    headings = [words(heading).rstrip("#") for heading in page.select("article :is(h2, h3)")]
    assert headings == [
        "1.1. Lines and planes",
        "1.2. The variance of a mean · in depth",
        "1.2.1. A proof",
        "1.3. Exercises",
    ]
    assert [words(link) for link in page.select("#pst-page-toc-nav a")] == headings


def test_its_addresses_and_what_the_text_calls_it_are_as_without_the_mark(page, built):
    section = page.select_one("section.in-depth")
    assert section["id"] == "the-variance-of-a-mean"
    assert words(page.select_one('article p a[href="#variance"]')) == "The variance of a mean"
    listed = json.loads((built / "chapters.json").read_text())["lessons/1-topic/lesson1"]["sections"]
    assert {"variance", "the-variance-of-a-mean", "a-proof"} <= set(listed), "what decks may link"


def test_the_notebook_marks_it_too(markdown):
    assert "\n## The *variance* of a mean · in depth\n" in markdown
    assert "\n### A proof\n" in markdown


# Times


def test_the_head_says_how_long_the_core_path_takes_and_how_long_all_of_it(page):
    said = words(page.select_one(".lesson-row p"))
    assert re.fullmatch(r"5 min for the core path, 10 min for all of it, \d+ s to run", said)


# Cells


def test_what_only_the_book_needs_is_neither_on_the_page_nor_in_the_notebook(page, code):
    assert "The answer is forty-two." in words(page)
    for text in (words(page), "\n".join(cell.source for cell in code)):
        assert "glue" not in text
        assert "claim" not in text


def test_setup_is_folded_on_the_page_and_in_the_notebook(page, code):
    assert "import random" in words(page.select_one("details"))
    (setup,) = [cell for cell in code if "import random" in cell.source]
    assert setup.metadata["cellView"] == "form"


def test_a_cell_for_colab_is_shown_with_a_label_and_was_not_run(page):
    cell = page.select_one(".tag_colab")
    assert words(cell).startswith("Not run on this page")
    assert "hf_hub_download" in words(cell)
    assert cell.select_one(".cell_output") is None


@pytest.fixture
def hub():
    server = Server()
    headers = {"ETag": '"0123456789"', "X_Repo_Commit": "0123456789" * 4}
    weights = save({"bias": np.array([20.0, 22.0])})
    server.answers["/"] = status(200)
    server.answers["/someone/tiny/resolve/main/model.safetensors"] = sends(weights, **headers)
    yield server
    server.close()


@pytest.fixture
def run(notebook, hub, tmp_path, monkeypatch):
    """Runs the notebook, with one cell more, beside the hub; gives what it prints."""
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("ACADEMY_OFFLINE", raising=False)

    def ran(last):
        mine = nbformat.from_dict({**notebook, "cells": [*notebook.cells, new_code_cell(last)]})
        NotebookClient(mine, kernel_name="python3").execute(cwd=str(tmp_path))
        outputs = [output for cell in mine.cells for output in cell.get("outputs", [])]
        assert not [output for output in outputs if output.output_type == "error"]
        return "".join(output.text for output in outputs if output.get("name") == "stdout")

    return ran


def test_where_the_hub_answers_the_notebook_runs_it_and_what_it_made_is_there(run):
    assert run("print(weights['bias'].sum())") == "42.0\n"


def test_where_no_hub_answers_the_notebook_says_one_sentence_and_goes_on(run, hub):
    hub.answers["/"] = status(503)
    assert run("print('weights' in globals())") == (
        f"Not run, since {hub.url} cannot be reached from here; nothing else needs this cell.\nFalse\n"
    )
    assert hub.asked == []


def test_a_cell_for_colab_that_fails_stops_the_notebook_as_any_other(run, hub):
    del hub.answers["/someone/tiny/resolve/main/model.safetensors"]
    with pytest.raises(CellExecutionError, match="404"):
        run("print('not reached')")


# Boxes


def test_what_to_take_is_a_box_of_its_own_kind(page, markdown):
    box = page.select_one(".admonition.what-to-take")
    assert words(box) == "What to take First try: Adam at 0.01."
    assert "> **What to take**\n>\n> - **First try:** Adam at 0.01." in markdown


def test_a_prediction_is_a_named_group_of_labelled_choices_or_a_place_to_write(page):
    choice, writing = page.select("fieldset.predict")
    assert words(choice.legend) == "Predict before you look How does the accuracy change?"
    assert [label.input["type"] for label in choice.select("label")] == ["radio", "radio"]
    assert len({field["name"] for field in page.select("fieldset input")}) == 1
    assert words(choice.select("label")[1]) == "It falls."
    assert writing.textarea["aria-label"] == "Your answer"
    assert choice["data-predict"] != writing["data-predict"]
    assert page.find("script", src=re.compile(r"js/predict\.js"))


def test_in_the_notebook_it_is_a_question_with_a_cell_to_write_in(notebook):
    sources = [cell.source for cell in notebook.cells]
    position = next(n for n, source in enumerate(sources) if "How does the" in source)
    assert sources[position].endswith(
        "> **Predict before you look**\n>\n> How does the *accuracy* change?\n>\n> All else stays.\n>\n"
        "> - It rises, by $2\\%$ or more.\n>\n> - It falls."
    )
    assert sources[position + 1] == "*Your answer:*"

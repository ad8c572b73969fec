"""Every published notebook runs where readers run it: in Colab, from an empty folder.

A chapter runs once: its page's cells, in an environment like Colab's. Its notebook holds the same cells but
for those that the page hides from everybody, and needs no name of these. A homework's page runs its
solutions; what a student gets, with nothing solved, is run here, and so are the notebooks of competitions,
whose pages need more than Colab has.
"""

import subprocess
import sys
from pathlib import Path

import homework_notebooks
import nbformat
import pytest
from academy.homework import grading
from academy_book import colab_cells, freshness, front_matter, homework
from colab.environment import OF_PAGES, executed, kernel_of, packages_of
from colab.installed import first_cell
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_cache import get_cache
from myst_nb.core.read import read_myst_markdown_notebook
from sites import ROOT, TinySite

PAGES = [page.relative_to(ROOT).with_suffix("") for page in sorted(ROOT.glob("lessons/**/*.md"))]
NOTEBOOKS = {page.name: ROOT / page for page in PAGES if front_matter.is_lesson_page(page.as_posix())}
HOMEWORKS = [name for name in NOTEBOOKS if name.startswith("homework")]
COMPETITIONS = [name for name, page in NOTEBOOKS.items() if page.parts[-3] == "competitions"]
WHERE = """
```{code-cell} ipython3
import os

import academy

print("academy of", os.path.dirname(academy.__path__[0]))
print("beside the page:", os.listdir())
```
"""
PREINSTALLED = ["torch", "torchvision", "numpy"]


def apart(names, kind):
    """Parameters whose tests may go to different workers."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(f"{name}, {kind}")) for name in names]


@pytest.fixture
def published(site, name):
    return nbformat.read(site / "notebooks" / f"{name}.ipynb", as_version=4)


@pytest.fixture
def ran(site, name):
    """The page's notebook with what it printed and drew when the site was built."""
    page = NOTEBOOKS[name].with_suffix(".md").read_text(encoding="utf-8")
    cells = sources(read_myst_markdown_notebook(page).cells)
    cache = get_cache(site.parent / ".jupyter_cache")
    kept = [record for record in cache.list_cache_records() if Path(record.uri).stem == name]
    found = [cache.get_cache_bundle(record.pk).nb for record in kept]
    (same, *_) = [notebook for notebook in reversed(found) if sources(notebook.cells) == cells]
    return same


def sources(cells):
    """The sources of code cells."""
    return [cell.source for cell in cells if cell.cell_type == "code"]


def tags(cell):
    return set(cell.metadata.get("tags", []))


def replaced(packages):
    """Name what Colab has and site-packages hold as well."""
    return [name for name in PREINSTALLED if (packages / name).exists()]


def test_a_cell_for_the_hub_says_that_it_did_not_run_where_there_is_none(installed, tmp_path):
    cells = [colab_cells.SETUP, colab_cells.runnable("1 / 0")]
    own = installed.environment(tmp_path / "environment")
    *_, asking = executed(homework_notebooks.notebook(cells), own, tmp_path).cells
    assert "Not run" in "".join(output["text"] for output in asking.outputs)


def test_a_page_is_run_where_its_notebook_would_be(installed, tmp_path):
    own = installed.environment(tmp_path / "environment")
    site = TinySite(tmp_path / "site")
    site.lesson("lesson1", WHERE)
    build = site.build(**kernel_of(own, tmp_path / "jupyter"))
    assert build.returncode == 0, build.text
    page = (site.folder / "_build/html/lessons/1-topic/lesson1.html").read_text(encoding="utf-8")
    assert f"academy of {installed.packages}" in page
    assert "beside the page: []" in page


def test_the_first_cell_installs_the_book_and_leaves_what_colab_has_as_it_is(installed):
    assert (installed.packages / "academy").is_dir(), "the first cell installed the book's package"
    assert replaced(installed.packages) == [], "what Colab has is left as it is"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_has_the_cells_that_ran_for_its_page(name, published, ran):
    shown = [cell for cell in ran.cells if cell.cell_type == "code" and "remove-cell" not in tags(cell)]
    here = [cell for cell in shown if colab_cells.TAG not in tags(cell)]
    assert here, "there are cells to run"
    assert all(cell.execution_count for cell in here), "each ran"
    assert any("image" in str(output.get("data")) for cell in here for output in cell.outputs), "figures too"
    first, *rest = sources(published.cells)
    assert first == first_cell()
    given = [cell for cell in rest if cell in {as_given(each) for each in shown}]
    assert given == [as_given(cell) for cell in shown]
    beside = [cell for cell in rest if cell not in given]
    assert all(cell == colab_cells.SETUP or cell.startswith("# The folder “") for cell in beside), beside


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name not in HOMEWORKS + COMPETITIONS])
def test_no_cell_of_a_notebook_imports_what_is_there_for_pages_alone(name, published):
    cells = [TransformerManager().transform_cell(cell) for cell in sources(published.cells)]
    found = {module.split(".")[0] for cell in cells for module in freshness.imports(cell)}
    assert found & {each.replace("-", "_") for each in OF_PAGES} == set()


def as_given(cell):
    """The source of a page's cell as its notebook has it."""
    if colab_cells.TAG in tags(cell):
        return colab_cells.runnable(cell.source)
    return homework.starter(cell.source) if homework.TAG in tags(cell) else cell.source


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name not in HOMEWORKS])
def test_no_cell_of_a_notebook_needs_a_name_that_the_page_alone_has(name, site):
    notebook = site / "notebooks" / f"{name}.ipynb"
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--select",
        "F821",
        notebook,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", apart(HOMEWORKS + COMPETITIONS, "as published"))
def test_a_notebook_runs_top_to_bottom_in_a_colab_like_environment(name, published, installed, tmp_path):
    own = installed.environment(tmp_path / "environment")
    done = executed(published, own, tmp_path)
    assert replaced(packages_of(own)) == [], "what Colab has is left as it is"
    if name in COMPETITIONS:
        return
    found = [cell for cell in done.cells if cell.source.startswith("check(")]
    assert len(found) == len(grading.find(name).tasks), "a cell checks each task"
    said = ["".join(output.get("text", "") for output in cell.outputs) for cell in found]
    assert all(": not yet solved" in each for each in said), "nothing is solved yet"

"""Every published notebook runs where readers run it: in Colab, from an empty folder."""

from pathlib import Path

import homework_notebooks
import nbformat
import pytest
from academy.homework import grading
from academy_book import front_matter, homework
from colab.environment import answered_by, checkout, environment, executed, packages_of, preinstalled
from once import once
from sites import ROOT

PAGES = [page.relative_to(ROOT).with_suffix("") for page in sorted(ROOT.glob("lessons/**/*.md"))]
NOTEBOOKS = [page.name for page in PAGES if front_matter.is_lesson_page(page.as_posix())]
HOMEWORKS = [name for name in NOTEBOOKS if name.startswith("homework")]
PREINSTALLED = ["torch", "torchvision", "numpy"]


def apart(names, kind):
    """Parameters whose tests may go to different workers."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(f"{name}, {kind}")) for name in names]


@pytest.fixture
def published(site, name):
    return nbformat.read(site / "notebooks" / f"{name}.ipynb", as_version=4)


def first_cell(notebook):
    """The source of the cell that installs the book's package."""
    return next(cell.source for cell in notebook.cells if cell.cell_type == "code")


@pytest.fixture(scope="session")
def installed(site, tmp_path_factory):
    """Site-packages with what Colab has, those into which a notebook's first cell put the book, that cell."""

    def install():
        cell = first_cell(nbformat.read(site / "notebooks" / f"{NOTEBOOKS[0]}.ipynb", as_version=4))
        folder = tmp_path_factory.mktemp("colab")
        colab = preinstalled(folder / "preinstalled")
        fresh = environment(folder / "environment", colab)
        variables = answered_by(checkout(folder / "repository"))
        executed(homework_notebooks.notebook([cell, "import academy"]), fresh, folder, **variables)
        return str(colab), str(packages_of(fresh)), cell

    colab, packages, cell = once(tmp_path_factory, "installed as in Colab", install)
    return Path(colab), Path(packages), cell


@pytest.fixture
def run(installed, tmp_path):
    """Runs a notebook where what its first cell installs is installed already."""

    def ran(notebook):
        colab, packages, cell = installed
        assert first_cell(notebook) == cell, "the first cell installs the book, as in the other notebooks"
        own = environment(tmp_path / "environment", packages, colab)
        done = executed(notebook, own, tmp_path)
        assert replaced(packages_of(own)) == [], "what Colab has is left as it is"
        return done

    return ran


def replaced(packages):
    """Name what Colab has and site-packages hold as well."""
    return [name for name in PREINSTALLED if (packages / name).exists()]


def test_the_first_cell_installs_the_book_and_leaves_what_colab_has_as_it_is(installed):
    _, packages, _ = installed
    assert (packages / "academy").is_dir(), "the first cell installed the book's package"
    assert replaced(packages) == [], "what Colab has is left as it is"


@pytest.mark.parametrize("name", apart(NOTEBOOKS, "as published"))
def test_a_notebook_runs_top_to_bottom_in_a_colab_like_environment(name, published, run):
    notebook = run(published)
    drawn = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image" in str(output.get("data"))
    ]
    assert drawn, "the figures are drawn in the notebook too"
    if name in HOMEWORKS:
        assert all(": not yet solved" in said for said in checks(name, notebook)), "nothing is solved yet"


@pytest.mark.parametrize("name", apart(HOMEWORKS, "solved"))
def test_a_solved_homework_runs_there_too_and_every_check_says_solved(name, published, run):
    tasks = homework_notebooks.tasks(name)
    solutions = {homework.starter(task): homework.solution(task) for task in tasks}
    for cell in published.cells:
        cell.source = solutions.get(cell.source, cell.source)
    assert all(": solved\n" in said for said in checks(name, run(published)))


def checks(name, notebook):
    """What each cell that checks a task has printed."""
    found = [cell for cell in notebook.cells if cell.source.startswith("check(")]
    assert len(found) == len(grading.find(name).tasks), "a cell checks each task"
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in found]

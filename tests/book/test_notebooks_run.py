"""Every published notebook runs where readers run it: in Colab, from an empty folder."""

import nbformat
import pytest
from academy_book import front_matter, homework
from colab.environment import checkout, fresh_environment, run_notebook
from homework_notebooks import tasks
from sites import ROOT

PAGES = [page.relative_to(ROOT).with_suffix("") for page in sorted(ROOT.glob("lessons/**/*.md"))]
NOTEBOOKS = [page.name for page in PAGES if front_matter.is_lesson_page(page.as_posix())]
PREINSTALLED = ["torch", "torchvision", "numpy"]


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    return checkout(tmp_path_factory.mktemp("repository"))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_top_to_bottom_in_a_colab_like_environment(site, name, repository, tmp_path):
    environment = tmp_path / "environment"
    packages = fresh_environment(environment)
    notebook = executed(site / "notebooks" / f"{name}.ipynb", environment, repository)
    drawn = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image" in str(output.get("data"))
    ]
    assert drawn, "the figures are drawn in the notebook too"
    assert (packages / "academy").is_dir(), "the first cell installed the book's package"
    replaced = [package for package in PREINSTALLED if (packages / package).exists()]
    assert not replaced, "what Colab has is left as it is"
    if name.startswith("homework"):
        assert all(": not yet solved" in said for said in checks(notebook)), "nothing is solved yet"


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name.startswith("homework")])
def test_a_solved_homework_runs_there_too_and_every_check_says_solved(site, name, repository, tmp_path):
    published = nbformat.read(site / "notebooks" / f"{name}.ipynb", as_version=4)
    solutions = {homework.starter(task): homework.solution(task) for task in tasks(name)}
    for cell in published.cells:
        cell.source = solutions.get(cell.source, cell.source)
    folder = tmp_path / "handed-in"
    folder.mkdir()
    nbformat.write(published, folder / f"{name}.ipynb")
    environment = tmp_path / "environment"
    fresh_environment(environment)
    notebook = executed(folder / f"{name}.ipynb", environment, repository)
    assert all(": solved\n" in said for said in checks(notebook))


def executed(path, environment, repository):
    """Run a notebook in an environment; return it with its outputs."""
    done = run_notebook(path, environment, repository)
    assert done.returncode == 0, done.stderr[-5000:]
    return nbformat.read(environment.parent / path.name, as_version=4)


def checks(notebook):
    """What each cell that checks a task has printed."""
    found = [cell for cell in notebook.cells if cell.source.startswith("check(")]
    assert found
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in found]

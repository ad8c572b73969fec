"""Every published notebook runs where readers run it: in Colab, from an empty folder."""

import front_matter
import nbformat
import pytest
from colab.environment import checkout, fresh_environment, run_notebook
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
    done = run_notebook(site / "notebooks" / f"{name}.ipynb", environment, repository)
    assert done.returncode == 0, done.stderr[-5000:]
    notebook = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4)
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

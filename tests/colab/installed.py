"""The book as a notebook's first cell installs it where there is what Colab has."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import yaml
from academy_book import notebooks
from colab import environment as environments
from once import once
from sites import ROOT


@dataclass(frozen=True)
class Installed:
    """What environments like Colab's are made of."""

    colab: Path
    """Site-packages with what Colab has."""
    packages: Path
    """Those into which the first cell put the book."""

    def environment(self, folder: Path, *more: Path) -> Path:
        """Make an environment where the book is installed as in Colab, with a place of its own for more.

        Args:
            folder: Where to make it.
            more: Site-packages that it sees besides.
        """
        return environments.environment(folder, self.packages, self.colab, *more)


def first_cell() -> str:
    """The source of the cell that installs the book, at the top of each notebook."""
    configuration = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    repository = configuration["repository"]["url"]
    return notebooks.INSTALL.format(repository=repository).rstrip()


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the book once for all workers."""

    def install() -> tuple[str, str]:
        folder = tmp_path_factory.mktemp("colab")
        colab = environments.preinstalled(folder / "preinstalled")
        fresh = environments.environment(folder / "environment", colab)
        variables = environments.answered_by(environments.checkout(folder / "repository"))
        cells = [nbformat.v4.new_code_cell(source) for source in (first_cell(), "import academy")]
        environments.executed(nbformat.v4.new_notebook(cells=cells), fresh, folder, **variables)
        return str(colab), str(environments.packages_of(fresh))

    return Installed(*map(Path, once(tmp_path_factory, "installed as in Colab", install)))

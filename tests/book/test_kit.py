"""From a kit of the built site a notebook runs where no network is."""

import subprocess
import tomllib

import nbformat
import pytest
from academy.assets import cache, registry
from academy.kit import making
from academy.kit.chapters import chapters_of
from colab.environment import environment, executed, linked
from packaging.requirements import Requirement
from sites import ROOT

LOOPBACK = ROOT / "tests" / "loopback"
NEEDED = ["rated-sentences", "word-vectors"]
"""Assets of the notebook that runs."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BESIDE = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["grading"], "pip"]

pytestmark = pytest.mark.slow


@pytest.fixture
def kit(site, tmp_path, monkeypatch):
    """A kit with the site, the real wheel, and the assets of one notebook."""
    for name in NEEDED:
        cache.fetch(name)
    few = {name: registry.find(name) for name in NEEDED}
    monkeypatch.setattr(registry, "assets", lambda: few)
    made = making.make(ROOT, site, tmp_path / "kit")
    assert made.files > 500
    assert not (ROOT / "build").exists(), "the wheel's build leaves nothing in the checkout"
    return tmp_path / "kit"


def test_a_notebook_runs_from_a_kit_with_the_network_cut(site, kit, tmp_path):
    assert {each.name for each in chapters_of(site)} == {
        path.stem for path in (kit / "notebooks").glob("*.ipynb")
    }
    beside = linked(tmp_path / "beside", [Requirement(each).name for each in BESIDE])
    own = environment(tmp_path / "environment", beside)
    (wheel,) = (kit / "wheels").glob("*.whl")
    cut = {"PYTHONPATH": str(LOOPBACK), "HOME": str(tmp_path), "ACADEMY_CACHE": str(tmp_path / "cache")}
    for command in (
        [own / "bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel],
        [own / "bin/academy", "assets", "fetch", "--from", kit, *NEEDED],
    ):
        done = subprocess.run(command, env=cut, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    notebook = nbformat.read(kit / "notebooks" / "homework6.ipynb", as_version=4)
    ran = executed(notebook, own, tmp_path, **cut)
    first = next(cell for cell in ran.cells if cell.cell_type == "code")
    assert first.outputs == [], "nothing was installed"
    said = ["".join(each.get("text", "") for each in cell.outputs) for cell in ran.cells if "outputs" in cell]
    assert [text for text in said if ": not yet solved" in text], "it ran to its checks"

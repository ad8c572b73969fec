"""What the whole suite shares: how its workers divide it, and the built site."""

import os
import random
import sys
from pathlib import Path

import pytest
from _pytest.nodeid import NodeId
from browser import address, browser  # noqa: F401
from colab.environment import OF_PAGES, kernel_of, linked
from colab.installed import Installed, installed  # noqa: F401
from once import once
from sites import BUILT, ROOT, jupyter_book
from visits import seen  # noqa: F401
from xdist.scheduler import LoadGroupScheduling

os.environ.setdefault("OMP_NUM_THREADS", "1")  # PyTorch's threads would wait for those of the other workers

SLOW = {"site", "installed", "browser", "address", "solved", "blank", "server"}
"""Fixtures that build the book, make an environment, start a browser, run a notebook, stand in for a host."""


class GroupsAndFiles(LoadGroupScheduling):
    """Gives a worker all tests of a group at once, or else of a file: they share what they have made."""

    def _split_scope(self, nodeid: str) -> str:
        return super()._split_scope(nodeid).split("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> GroupsAndFiles | None:
    """Divide the tests among the workers, in the order that they have here."""
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False
    return GroupsAndFiles(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let one worker build the site while the others do what needs none; what needs it comes last."""
    needing = {unit(item) for item in items if "site" in item.fixturenames}
    first = next((unit(item) for item in items if unit(item) in needing), None)
    items.sort(key=lambda item: unit(item) in needing and unit(item) != first)
    items.sort(key=lambda item: unit(item) != first)
    for item in items:
        if SLOW & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)
    if getattr(config.option, "loadgroup", False):
        tell_groups(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Seed what a test draws without a seed of its own, and let it add on one thread, in one order.

    So a training gives the same, whatever ran before on its worker.
    """
    random.seed(0)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(0)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(0)
        torch.set_num_threads(1)  # UMAP, for one, leaves as many as there are cores


def tell_groups(items: list[pytest.Item]) -> None:
    """Write groups into the ids by which tests are divided, as xdist 3.8 fails to do in pytest 9.2."""
    for item in items:
        if item.get_closest_marker("xdist_group"):
            item._id = NodeId.parse(f"{item.nodeid}@{unit(item)}")


def unit(item: pytest.Item) -> str:
    """Name what a test is kept together with."""
    group = item.get_closest_marker("xdist_group")
    return str(group.args[0]) if group else item.nodeid.split("::")[0]


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; `ACADEMY_SITE` names one that is built already.

    Its pages run where the book is installed as in Colab, and with them the cells of their notebooks.
    """
    if given := os.environ.get("ACADEMY_SITE"):
        assert (Path(given) / "index.html").exists(), f"ACADEMY_SITE={given} holds no built site"
        return Path(given)

    def build() -> str:
        colab: Installed = request.getfixturevalue("installed")
        folder = tmp_path_factory.mktemp("pages")
        own = colab.environment(folder / "environment", linked(folder / "beside", OF_PAGES))
        variables = kernel_of(own, folder / "jupyter")
        result = jupyter_book(ROOT, "--path-output", str(BUILT), **variables)
        assert result.returncode == 0, result.text
        return str(BUILT / "_build" / "html")

    return Path(once(tmp_path_factory, "site", build))

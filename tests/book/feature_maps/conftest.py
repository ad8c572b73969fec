"""The CNN from inside, in a browser."""

from html import escape

import pytest
from feature_maps_page import Net, trained_net, written
from interactive_page import bare_page, calculator, visitor

NAME = "feature-maps"


@pytest.fixture(scope="session")
def net() -> Net:
    return trained_net()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp(NAME)


@pytest.fixture(scope="session")
def files(folder, net) -> str:
    """What the page is told of the files that run the net."""
    return written(folder, net)


@pytest.fixture(scope="session")
def bare(folder, files):
    with bare_page(folder, NAME, files=escape(files)) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser, bare):
    with calculator(browser, bare, NAME) as calculated:
        yield calculated


@pytest.fixture
def visit(browser, bare):
    with visitor(browser, bare, NAME, ".feature-maps .image") as opened:
        yield opened

"""The optimizer race in a browser."""

from collections.abc import Callable, Iterator

import pytest
from interactive_page import Calculate, bare_page, calculator, visitor
from playwright.sync_api import Browser, Page

NAME = "optimizer-race"


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bare page with the race."""
    with bare_page(tmp_path_factory.mktemp(NAME), NAME) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser: Browser, bare: str) -> Iterator[Calculate]:
    """Runs JavaScript with the race's modules, without its picture."""
    with calculator(browser, bare, NAME) as calculated:
        yield calculated


@pytest.fixture
def visit(browser: Browser, bare: str) -> Iterator[Callable[..., Page]]:
    """Opens the race in some state."""
    with visitor(browser, bare, NAME, ".optimizer-race td:not(:empty)") as opened:
        yield opened

"""A bare page with the playground on it, in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from interactive_page import Calculate, bare_page, calculator, visitor
from playwright.sync_api import Browser, Page

NAME = "playground"


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bare page with the playground."""
    with bare_page(tmp_path_factory.mktemp(NAME), NAME) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser: Browser, bare: str) -> Iterator[Calculate]:
    """Runs JavaScript with the playground's modules, without its picture."""
    with calculator(browser, bare, NAME) as calculated:
        yield calculated


@pytest.fixture
def visit(browser: Browser, bare: str) -> Iterator[Callable[..., Page]]:
    """Opens the playground in some state."""
    with visitor(browser, bare, NAME, ".playground dd:not(:empty)") as opened:
        yield opened


def number(page: Page, name: str) -> float:
    """Return one of the numbers that the playground shows, in the picture that follows."""
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    text = page.locator(f"[data-number={name}]").inner_text()
    return float(text.removesuffix(" %").replace(",", ""))


def saved(page: Page, button: str, folder: Path) -> Path:
    """Press a button and return the file it hands out."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path

"""A bare page with the playground on it, in a browser."""

from pathlib import Path

from interactive_page import fixtures
from playwright.sync_api import Page

NAME, ALIVE = "playground", ".playground dd:not(:empty)"
bare, calculate, visit = fixtures(NAME, ALIVE)


def number(page: Page, name: str) -> float:
    """Return one of the numbers that the playground shows, in the picture that follows."""
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    text = page.locator(f"[data-number={name}]").inner_text()
    return float(text.removesuffix("%").replace(",", ""))


def saved(page: Page, button: str, folder: Path) -> Path:
    """Press a button and return the file it hands out."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path

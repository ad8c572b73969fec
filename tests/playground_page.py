"""A bare page with the playground on it, as the directive puts it there, in a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import serve
from playwright.sync_api import Browser, Page
from sites import ROOT

BARE = """\
<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8"><title>The playground</title><meta name="viewport" content="width=device-width">
<script>
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
</script>
<link rel="stylesheet" href="_static/css/book.css"><link rel="stylesheet" href="_static/css/interactives.css">
<link rel="icon" href="_static/favicon.svg">
<script type="module" src="_static/js/interactives.js"></script>
</head>
<body>
<main style="max-width: 48rem; margin: auto; padding: 1rem"><h1>A page</h1><h2>A part</h2><h3>A section</h3>
<div class="interactive" data-interactive="playground">
<figure>
<img src="_static/favicon.svg" width="300" height="300" alt="A picture."><figcaption>Words.</figcaption>
</figure>
</div></main>
</body>
</html>
"""
PLAYGROUND = "_static/js/playground"
ALIVE = ".playground dd:not(:empty)"


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bare page with the playground."""
    folder = tmp_path_factory.mktemp("playground")
    (folder / "index.html").write_text(BARE, encoding="utf-8")
    shutil.copytree(ROOT / "book" / "_static", folder / "_static")
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser: Browser, bare: str) -> Iterator[Callable[..., Any]]:
    """Runs JavaScript with the playground's modules, without its picture.

    Give the modules' names, the body of a function over them and `given`, and what is given.
    """
    page = browser.new_page()
    page.goto(bare + "_static/favicon.svg")
    page.goto(bare + "no-such-page")

    def calculated(modules: str, body: str, given: object = None) -> Any:
        names = modules.split()
        loads = "".join(f"const {name} = await import('{bare}{PLAYGROUND}/{name}.js');" for name in names)
        return page.evaluate(f"async (given) => {{ {loads} {body} }}", given)

    yield calculated
    page.close()


@pytest.fixture
def visit(browser: Browser, bare: str) -> Iterator[Callable[..., Page]]:
    """Opens the playground in some state; a message on the console fails the test."""
    contexts = []
    messages: list[str] = []

    def opened(state: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(bare + (f"#playground?{state}" if state else ""))
        page.wait_for_selector(ALIVE)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [text for text in messages if not text.startswith(("log", "info"))], messages


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

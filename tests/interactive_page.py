"""A bare page with one interactive on it, as the directive puts it there, in a browser."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
<meta charset="utf-8"><title>A figure</title><meta name="viewport" content="width=device-width">
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
<div class="interactive" data-interactive="{name}"{attributes}>
<figure>
<img src="_static/favicon.svg" width="300" height="300" alt="A picture."><figcaption>Words.</figcaption>
</figure>
</div></main>
</body>
</html>
"""
QUIET = ("log", "info")
Calculate = Callable[..., Any]


@contextmanager
def bare_page(folder: Path, name: str, **data: str) -> Iterator[str]:
    """Serve a bare page with an interactive and give its address.

    Args:
        folder: Where the page is written; the book's static files join it.
        name: Of the interactive.
        data: What else the directive tells the interactive, without `data-`.
    """
    attributes = "".join(f' data-{key}="{value}"' for key, value in data.items())
    (folder / "index.html").write_text(BARE.format(name=name, attributes=attributes), encoding="utf-8")
    shutil.copytree(ROOT / "book" / "_static", folder / "_static", dirs_exist_ok=True)
    with serve(folder) as address:
        yield address


@contextmanager
def calculator(browser: Browser, bare: str, name: str) -> Iterator[Calculate]:
    """Run JavaScript with an interactive's modules, without its picture.

    Give the modules' names (`shared/random` is known as `random`), the body of a function over them
    and `given`, and what is given.
    """
    page = browser.new_page()
    page.goto(bare + "_static/favicon.svg")
    page.goto(bare + "no-such-page")

    def address(module: str) -> str:
        return f"{bare}_static/js/{module if '/' in module else f'{name}/{module}'}.js"

    def calculated(modules: str, body: str, given: object = None) -> Any:
        loads = "".join(
            f"const {module.rpartition('/')[2]} = await import('{address(module)}');"
            for module in modules.split()
        )
        return page.evaluate(f"async (given) => {{ {loads} {body} }}", given)

    yield calculated
    page.close()


@contextmanager
def visitor(browser: Browser, bare: str, name: str, alive: str) -> Iterator[Callable[..., Page]]:
    """Open an interactive in some state; a message on the console fails the test.

    Args:
        browser: A running browser.
        bare: The address of the bare page.
        name: Of the interactive.
        alive: A selector of what is there once it lives.
    """
    contexts = []
    messages: list[str] = []

    def opened(state: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(bare + (f"#{name}?{state}" if state else ""))
        page.wait_for_selector(alive)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [text for text in messages if not text.startswith(QUIET)], messages


def fixtures(name: str, alive: str) -> tuple[Any, Any, Any]:
    """Make the fixtures of an interactive's tests: `bare`, `calculate` and `visit`."""

    @pytest.fixture(scope="session")
    def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
        with bare_page(tmp_path_factory.mktemp(name), name) as address:
            yield address

    @pytest.fixture(scope="session")
    def calculate(browser: Browser, bare: str) -> Iterator[Calculate]:
        with calculator(browser, bare, name) as calculated:
            yield calculated

    @pytest.fixture
    def visit(browser: Browser, bare: str) -> Iterator[Callable[..., Page]]:
        with visitor(browser, bare, name, alive) as opened:
            yield opened

    return bare, calculate, visit


def small_targets(page: Page, stage: str) -> list[str]:
    """Return the controls of a stage that a finger would miss."""
    return page.evaluate(
        """(stage) => [...document.querySelectorAll(`${stage} :is(button, select, summary, input)`)]
            .filter((each) => each.checkVisibility())
            .filter((each) => {
                const box = (each.closest("label") ?? each).getBoundingClientRect();
                return box.width < 24 || box.height < 24;
            }).map((each) => each.outerHTML)""",
        stage,
    )

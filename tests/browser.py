"""A browser for tests, and a server on this machine for what they look at."""

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, ClassVar
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, expect, sync_playwright
from sites import ROOT

PROGRAMS = [
    "chromium-headless-shell",  # without windows: on two busy cores twice as fast, frames come in time
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
]
INSTALL = (
    "no Chromium or Chrome was found: apt install chromium-headless-shell (Debian) or chromium (Ubuntu), "
    "brew install --cask google-chrome (macOS)"
)
QUIET = [
    "--no-sandbox",  # in a container there is none to use
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
]
PATIENCE = 30_000
"""Milliseconds that a test waits for what is to come, as on a busy machine: as long as Playwright's own."""
TEXT = (".html", ".css", ".js", ".mjs", ".svg", ".json", ".xml", ".txt", ".ipynb")


def program() -> str:
    """Return the path of an installed browser.

    Without one the test is skipped, or fails where the variable BROWSER_REQUIRED is set.
    """
    for name in PROGRAMS:
        if path := shutil.which(name):
            return path
    if os.environ.get("BROWSER_REQUIRED"):
        pytest.fail(INSTALL)
    pytest.skip(INSTALL)


@contextmanager
def launch() -> Iterator[Browser]:
    """Start the installed browser."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=QUIET)
        yield browser
        browser.close()


class PagesHandler(SimpleHTTPRequestHandler):
    """Answers as GitHub Pages does: text compressed, `404.html` where nothing is, the site below a prefix."""

    interrupted: ClassVar[set[str]] = set()
    """Parts of addresses whose answers break off midway, as when a connection is lost."""

    def __init__(self, *args: object, prefix: str = "/", **options: object) -> None:
        self.prefix = prefix
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer one request; text is compressed for who takes it."""
        path = self.file()
        status = HTTPStatus.OK
        if path is None:
            path, status = Path(self.directory, "404.html"), HTTPStatus.NOT_FOUND
        if not path.is_file():
            return super().send_head()
        content = path.read_bytes()
        compressed = path.suffix in TEXT and "gzip" in self.headers.get("Accept-Encoding", "")
        if compressed:
            content = gzip.compress(content, compresslevel=6, mtime=0)
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(path))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send the content, or the first half of it and no more."""
        content = source.read()
        if any(part in self.path for part in self.interrupted):
            content = content[: len(content) // 2]
            self.close_connection = True
        outputfile.write(content)

    def file(self) -> Path | None:
        """Return the file that the address names, if there is one."""
        address = urlsplit(self.path).path
        if not address.startswith(self.prefix):
            return None
        path = Path(self.translate_path("/" + address.removeprefix(self.prefix)))
        path = path / "index.html" if path.is_dir() else path
        return path if path.is_file() else None

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output free of requests."""


@contextmanager
def serve(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder on a free port of this machine and give the address of its root.

    Args:
        folder: What is served.
        prefix: The path under which it lies, as a project's site does on GitHub Pages.
    """
    handler = partial(PagesHandler, directory=str(folder), prefix=prefix)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed browser, started once."""
    with launch() as started:
        yield started


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the built site's root, below the same path as where it is published."""
    published = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]
    with serve(site, urlsplit(published).path + "/") as root:
        yield root

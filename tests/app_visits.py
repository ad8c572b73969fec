"""Visits to an app's page, in a browser profile of their own each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page


@contextmanager
def visits(browser: Browser, address: str, is_ready: Callable[[Page], None]) -> Iterator[Callable[..., Page]]:
    """Give what opens the page; an error on the console, or a request to another host, fails the test.

    Args:
        browser: A running browser.
        address: The page's.
        is_ready: Waits until the page has begun.
    """
    contexts, messages, hosts = [], [], set()

    def opening(**options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda said: said.type == "error" and messages.append(said.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(address)
        is_ready(page)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert messages == []
    assert hosts - {""} == {urlsplit(address).netloc}  # data and blob addresses have no host

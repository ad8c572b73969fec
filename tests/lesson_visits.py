"""A lesson's page with an interactive in view, in browsers that keep a record of what they ask for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route


@dataclass
class Visit:
    """A page, what it asked for, and how many bytes came over the wire for each address."""

    page: Page
    asked: list[str] = field(default_factory=list)
    bytes: dict[str, float] = field(default_factory=dict)
    session: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        """Listen to what comes."""
        addresses: dict[str, str] = {}
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.on(
            "Network.requestWillBeSent",
            lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
        )
        self.session.on(
            "Network.loadingFinished",
            lambda event: self.bytes.update({addresses[event["requestId"]]: event["encodedDataLength"]}),
        )
        self.session.send("Network.enable")
        self.page.on("request", lambda request: self.asked.append(request.url))

    def models(self) -> list[str]:
        """Return the names of the files asked for that run the network."""
        return [urlsplit(url).path.rpartition("/")[2] for url in self.asked if "/_static/models/" in url]


def visits(lesson: str, name: str, alive: str) -> Any:
    """Make the fixture that opens a lesson at an interactive, with the network cut to anything but the site.

    A message on the console fails the test, unless it is one that the test expects.

    Args:
        lesson: Address of the page, from the site's root.
        name: Of the interactive.
        alive: A selector of what is there once it lives.
    """

    @pytest.fixture
    def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
        contexts: list[BrowserContext] = []
        messages: list[str] = []
        host = urlsplit(address).netloc

        def cut(route: Route) -> None:
            if urlsplit(route.request.url).netloc == host:
                route.fallback()
            else:
                messages.append(f"asked for {route.request.url}")
                route.abort()

        def opened(
            context: BrowserContext | None = None,
            state: str = "",
            script: str = "",
            expected: str = "",
            **options: Any,
        ) -> Visit:
            if context is None:
                context = browser.new_context(**options)
                contexts.append(context)
                context.route("**/*", cut)
            page = context.new_page()
            if script:
                page.add_init_script(script)
            visited = Visit(page)

            def hear(text: str) -> None:
                if not expected or expected not in text:
                    messages.append(text)

            page.on("console", lambda said: said.type in ("error", "warning") and hear(said.text))
            page.on("pageerror", lambda error: hear(str(error)))
            page.goto(f"{address}{lesson}" + (f"#{name}?{state}" if state else ""))
            page.locator(f"[data-interactive={name}]").evaluate("(place) => place.scrollIntoView()")
            page.wait_for_selector(alive)
            page.wait_for_load_state("networkidle")
            return visited

        yield opened
        for context in contexts:
            context.close()
        assert not messages

    return visit

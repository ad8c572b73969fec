"""Every page is light: little to load, from this site only, nothing moves, and the console stays empty."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pages import PHONE, WIDE, pages, scroll_through
from playwright.sync_api import Browser, CDPSession

KIBIBYTES = 300
REQUESTS = 30
LAYOUT_SHIFT = 0.02

WATCH_SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""


class Traffic:
    """What a page asks for, with the bytes that came over the wire."""

    def __init__(self, session: CDPSession) -> None:
        self.urls: list[str] = []
        self.sizes: list[float] = []
        session.on("Network.requestWillBeSent", lambda event: self.urls.append(event["request"]["url"]))
        session.on("Network.loadingFinished", lambda event: self.sizes.append(event["encodedDataLength"]))
        session.send("Network.enable")

    @property
    def over_the_wire(self) -> list[str]:
        """Addresses that are not in the page itself."""
        return [url for url in self.urls if not url.startswith(("data:", "blob:"))]


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_page_keeps_its_budget(browser: Browser, address: str, site: Path, viewport: dict[str, int]) -> None:
    broken = []
    for name in pages(site):
        profile = browser.new_context(viewport=viewport)
        profile.add_init_script(WATCH_SHIFTS)
        page = profile.new_page()
        traffic = Traffic(profile.new_cdp_session(page))
        messages: list[str] = []
        page.on("console", lambda message, seen=messages: seen.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error, seen=messages: seen.append(f"error: {error}"))
        page.goto(address + name, wait_until="networkidle")
        kibibytes, requests = sum(traffic.sizes) / 1024, len(traffic.over_the_wire)
        scroll_through(page)
        hosts = {urlsplit(url).netloc for url in traffic.over_the_wire} - {urlsplit(address).netloc}
        complaints = [text for text in messages if text.startswith(("error", "warning"))]
        shift = page.evaluate("window.shifts")
        broken += [f"{name}: {kibibytes:.0f} KiB, at most {KIBIBYTES}"] * (kibibytes > KIBIBYTES)
        broken += [f"{name}: {requests} requests, at most {REQUESTS}"] * (requests > REQUESTS)
        broken += [f"{name}: asks {host}" for host in hosts]
        broken += [f"{name}: layout shift {shift:.3f}, at most {LAYOUT_SHIFT}"] * (shift > LAYOUT_SHIFT)
        broken += [f"{name}: console {text}" for text in complaints]
        profile.close()
    assert not broken, "\n".join(broken)


def test_pictures_are_sized_and_come_when_needed(browser: Browser, address: str, site: Path) -> None:
    broken = []
    page = browser.new_page(viewport=WIDE)
    for name in pages(site):
        page.goto(address + name)
        broken += [
            f"{name}: {source}"
            for source in page.evaluate(
                """() => [...document.images].filter((image) => {
                    const sized = image.getAttribute("width") && image.getAttribute("height");
                    const below = image.getBoundingClientRect().top > innerHeight;
                    return !sized || (below && image.loading !== "lazy");
                }).map((image) => image.src)"""
            )
        ]
    page.close()
    assert not broken, "not sized, or below the fold and not lazy:\n" + "\n".join(broken)


def test_search_index_is_loaded_by_the_search_alone(browser: Browser, address: str, site: Path) -> None:
    asking = set()
    page = browser.new_page()
    page.on("request", lambda request: "searchindex" in request.url and asking.add(page.url))
    for name in pages(site):
        page.goto(address + name, wait_until="networkidle")
    page.close()
    assert asking == {address + "search.html"}

"""What a reader meets on a page: all that the tests ask of it, seen in one visit a theme and width."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from once import once
from pages import PHONE, WIDE, pages, scroll_through
from playwright.sync_api import Browser, CDPSession, Page, TimeoutError
from standstill import StandstillError, in_one_that_moves, watched

QUESTIONS = Path(__file__).with_name("visit.js").read_text(encoding="utf-8")
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
SIZE_ALONE = {"runOnly": ["target-size"]}
OPENED = "details *, [popover], [popover] *, [popovertarget], [popovertarget] *"
"""What opens, and what says that it is open. The rest has the colors that it had before."""

Record = dict[str, Any]
"""What was seen on one visit, by what was asked."""
Seen = Callable[[str], dict[str, Record]]
"""Gives what was seen in a variant, a record a page."""


@dataclass(frozen=True)
class Variant:
    """How a page is visited."""

    viewport: dict[str, int]
    theme: str


VARIANTS = {
    f"{width}-{theme}": Variant(viewport, theme)
    for theme in ("light", "dark")
    for width, viewport in {"phone": PHONE, "wide": WIDE}.items()
}


def variants(*names: str) -> pytest.MarkDecorator:
    """Run a test once a variant; one worker has all tests of a variant, since they share its visits."""
    return pytest.mark.parametrize(
        "variant", [pytest.param(name, marks=pytest.mark.xdist_group(f"visits-{name}")) for name in names]
    )


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


def see(browser: Browser, url: str, variant: Variant) -> Record:
    """Visit a page and return what was seen.

    Raises:
        StandstillError: The browser answers nothing any more, or draws nothing.
    """
    profile = browser.new_context(viewport=variant.viewport, color_scheme=variant.theme)  # type: ignore[arg-type]
    try:
        profile.add_init_script(QUESTIONS)
        page = profile.new_page()
        with watched(page):
            return what_is_seen(page, url, variant)
    finally:
        profile.close()


def what_is_seen(page: Page, url: str, variant: Variant) -> Record:
    """Return what a page shows, and what it does when somebody acts.

    What a page is before anybody acts is asked first: each step changes it for those that follow.
    """
    traffic = Traffic(page.context.new_cdp_session(page))
    messages: list[str] = []
    page.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: messages.append(f"error: {error}"))
    page.goto(url, wait_until="networkidle")
    record = {
        "kibibytes": sum(traffic.sizes) / 1024,
        "requests": traffic.over_the_wire,
        "headings": ask(page, "headings()"),
        "identifiers": ask(page, "identifiers()"),
        "hasty pictures": ask(page, "hastyPictures()"),
    }
    page.evaluate(AXE_SCRIPT)
    if (variant.viewport, variant.theme) == (PHONE, "light"):  # where room is least
        record["small targets"] = findings(page, SIZE_ALONE)
    drawn = scroll_through(page)
    record |= {
        "shift": page.evaluate("window.shifts"),
        "hosts": sorted({urlsplit(each).netloc for each in traffic.over_the_wire} - {urlsplit(url).netloc}),
        "complaints": [text for text in messages if text.startswith(("error", "warning"))],
        "covering numbers": ask(page, "coveringNumbers()"),
    }
    unreachable_scrolls(page)  # the page has had time to see to them
    record["axe"] = findings(page)
    if variant.theme == "light":  # colors change neither where Tab leads nor what scrolls
        record["walk"] = walk(page)
    # What opens fades in; half faded it is pale.
    page.emulate_media(reduced_motion="reduce")
    ask(page, "openDetails()")
    if not (scroll_through(page) and drawn):  # then nothing that waits for a frame has happened
        raise StandstillError(f"A browser stopped drawing {page.url}")
    record |= {
        "unreachable scrolls": unreachable_scrolls(page),
        "sideways": ask(page, "scrollsSideways()"),
    }
    if variant.viewport == WIDE:
        page.evaluate("document.querySelector('[popover]')?.showPopover()")
        record["axe opened"] = findings(page, EVERY_RULE, OPENED)
    return record


def ask(page: Page, question: str, *given: object) -> Any:
    """Return what `visit.js` answers."""
    return page.evaluate(f"(given) => visit.{question}", list(given))


def findings(page: Page, options: dict[str, Any] = EVERY_RULE, contrast_of: str = "*") -> list[str]:
    """Run axe, by default with its rules and the one on the size of what is pressed; return what it found.

    Args:
        page: With axe's script in it.
        options: Of axe.
        contrast_of: Whose contrast is measured, which takes most of the time.
    """
    return ask(page, "findings(...given)", options, contrast_of)


def told(records: dict[str, Record], part: str) -> list[str]:
    """Return all findings of one kind, each with the name of its page."""
    return [f"{name}: {finding}" for name, record in records.items() for finding in record[part]]


def walk(page: Page) -> list[str]:
    """Go through a page by Tab; return where no ring shows the place, and whether something was left out."""
    page.evaluate("scrollTo(0, 0)")
    expected = ask(page, "stops()")
    reached, broken = 0, []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        stop = ask(page, "stop()")
        if stop:
            reached += 1
            if not stop["ringed"]:
                broken.append(f"no ring around {stop['html']}")
    page.evaluate("document.activeElement.blur()")
    return broken + [f"Tab reaches {reached} of {expected}"] * (reached < expected)


def unreachable_scrolls(page: Page) -> list[str]:
    """Return what scrolls and takes no focus, once the page has had time to see to it."""
    with suppress(TimeoutError):
        page.wait_for_function("visit.unreachableScrolls().length === 0", timeout=5000, polling=100)
    return ask(page, "unreachableScrolls()")


@pytest.fixture(scope="session")
def seen(browser: Browser, address: str, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """A page is visited when it is first asked about, once for all tests."""

    def record(name: str, variant: str) -> Record:
        def make() -> Record:
            try:
                return in_one_that_moves(browser, lambda one: see(one, address + name, VARIANTS[variant]))
            except Exception as error:
                error.add_note(f"on the visit of {name}, {variant}")
                raise

        return once(tmp_path_factory, f"visit-{variant}-{name.replace('/', '-')}", make)

    return lambda variant: {name: record(name, variant) for name in pages(site)}

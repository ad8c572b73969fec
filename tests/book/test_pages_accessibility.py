"""Every page shuts nobody out: axe finds nothing, the keyboard reaches everything, headings are in order."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from pages import PHONE, WIDE, opened, pages, scroll_through
from playwright.sync_api import Browser, Page

THEMES = ["light", "dark"]
VIEWPORTS = pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])


EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
SIZE_ALONE = {"runOnly": ["target-size"]}


def findings(page: Page, options: dict[str, Any] = EVERY_RULE) -> list[str]:
    """Run axe, by default with its rules and the one on the size of what is pressed; return what it found.

    Formulas are read as MathML; what is drawn of them is hidden from assistive technology. Measured from the
    page's top, where bars that stick to the screen lie over nothing.
    """
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(AXE_SCRIPT)
    result: dict[str, Any] = page.evaluate(
        """(options) => axe.run({exclude: ['.katex-html']}, {resultTypes: ["violations"], ...options})""",
        options,
    )
    return [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@VIEWPORTS
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(
    browser: Browser, address: str, site: Path, viewport: dict[str, int], theme: str
) -> None:
    found = []
    for name in pages(site):
        with opened(browser, address + name, viewport=viewport, color_scheme=theme) as page:
            scroll_through(page)
            found += [f"{name}: {finding}" for finding in findings(page)]
    assert not found, "\n".join(found)


def test_what_is_pressed_is_large_enough_before_anybody_scrolls(
    browser: Browser, address: str, site: Path
) -> None:
    found = []
    for name in pages(site):
        with opened(browser, address + name, viewport=PHONE) as page:
            found += [f"{name}: {finding}" for finding in findings(page, SIZE_ALONE)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_what_opens(browser: Browser, address: str, site: Path, theme: str) -> None:
    found = []
    for name in pages(site):
        still = {"viewport": WIDE, "reduced_motion": "reduce"}  # what opens fades in; half faded it is pale
        with opened(browser, address + name, color_scheme=theme, **still) as page:
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            scroll_through(page)
            page.evaluate("document.querySelector('[popover]')?.showPopover()")
            found += [f"{name}: {finding}" for finding in findings(page)]
    assert not found, "\n".join(found)


def test_headings_are_in_order(browser: Browser, address: str, site: Path) -> None:
    broken = []
    for name in pages(site):
        with opened(browser, address + name) as page:
            headings = "[...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')]"
            levels = page.evaluate(f"{headings}.map((heading) => Number(heading.tagName[1]))")
        steps = pairwise(levels)
        if levels[:1] != [1] or levels.count(1) != 1 or any(after > before + 1 for before, after in steps):
            broken.append(f"{name}: {levels}")
    assert not broken, "\n".join(broken)


def test_identifiers_are_unique(browser: Browser, address: str, site: Path) -> None:
    broken = []
    for name in pages(site):
        with opened(browser, address + name) as page:
            identifiers = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
        broken += [f"{name}: {each}" for each, times in Counter(identifiers).items() if times > 1]
    assert not broken, "\n".join(broken)


@VIEWPORTS
def test_what_scrolls_takes_the_focus(
    browser: Browser, address: str, site: Path, viewport: dict[str, int]
) -> None:
    broken = []
    for name in pages(site):
        with opened(browser, address + name, viewport=viewport) as page:
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            scroll_through(page)
            page.wait_for_function(
                """() => [...document.querySelectorAll("pre, .pst-scrollable-table-container")]
                    .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.checkVisibility())
                    .every((each) => each.tabIndex === 0)""",
                timeout=5000,
            )
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                broken.append(f"{name}: the page itself scrolls sideways")
    assert not broken, "\n".join(broken)


@VIEWPORTS
def test_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, address: str, site: Path, viewport: dict[str, int]
) -> None:
    broken = []
    for name in pages(site):
        with opened(browser, address + name, viewport=viewport) as page:
            page.evaluate("document.activeElement.blur()")
            expected = page.evaluate(
                """() => [...document.querySelectorAll(
                        "a[href], button, input, summary, [tabindex='0']"
                    )].filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.disabled
                        && !(each.type === "radio" && !each.checked)).length"""
            )
            reached = 0
            for _ in range(expected + 5):
                page.keyboard.press("Tab")
                state = page.evaluate(
                    """() => {
                        const at = document.activeElement;
                        if (at === document.body || at.dataset.reached) return null;
                        at.dataset.reached = "yes";
                        const ring = (element) => {
                            const style = getComputedStyle(element);
                            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1;
                        };
                        const holders = [at, at.closest("form") ?? at, at.nextElementSibling ?? at];
                        return [holders.some(ring), at.outerHTML.slice(0, 90)];
                    }"""
                )
                if state is None:
                    continue
                reached += 1
                if not state[0]:
                    broken.append(f"{name}: no ring around {state[1]}")
            if reached < expected:
                broken.append(f"{name}: Tab reaches {reached} of {expected}")
    assert not broken, "\n".join(broken)


def test_reduced_motion_is_respected(browser: Browser, address: str) -> None:
    with opened(browser, address, reduced_motion="reduce") as page:
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((each) => {
                const style = getComputedStyle(each);
                const seconds = (value) => Math.max(...value.split(",").map(parseFloat));
                return seconds(style.transitionDuration) > 0 || style.animationName !== "none";
            }).length"""
        )
    assert moving == 0

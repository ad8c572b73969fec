"""Every page shuts nobody out: axe finds nothing, the keyboard reaches everything, headings are in order."""

from collections import Counter
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import WIDE, opened
from playwright.sync_api import Browser
from visits import EVERY_RULE, VARIANTS, Seen, told, variants


@variants(*VARIANTS)
def test_axe_finds_nothing(seen: Seen, variant: str) -> None:
    found = told(seen(variant), "axe")
    assert not found, "\n".join(found)


@variants("phone-light")
def test_what_is_pressed_is_large_enough_before_anybody_scrolls(seen: Seen, variant: str) -> None:
    found = told(seen(variant), "small targets")
    assert not found, "\n".join(found)


@variants("wide-light", "wide-dark")
def test_axe_finds_nothing_in_what_opens(seen: Seen, variant: str) -> None:
    found = told(seen(variant), "axe opened")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_what_the_form_of_a_lesson_brings(
    browser: Browser, parts: str, theme: str
) -> None:
    form = ["fieldset.predict", ".what-to-take", ".tag_colab", ".in-depth h2", "#pst-page-toc-nav"]
    with opened(browser, parts, viewport=WIDE, color_scheme=theme) as page:
        for selector in form:
            assert page.locator(selector).count(), selector
        context = {"include": [[selector] for selector in form]}
        found = Axe().run(page, context=context, options=EVERY_RULE).response["violations"]
    assert found == []


@variants("wide-light")
def test_headings_are_in_order(seen: Seen, variant: str) -> None:
    broken = []
    for name, record in seen(variant).items():
        levels = record["headings"]
        steps = pairwise(levels)
        if levels[:1] != [1] or levels.count(1) != 1 or any(after > before + 1 for before, after in steps):
            broken.append(f"{name}: {levels}")
    assert not broken, "\n".join(broken)


@variants("wide-light")
def test_identifiers_are_unique(seen: Seen, variant: str) -> None:
    broken = []
    for name, record in seen(variant).items():
        counted = Counter(record["identifiers"])
        broken += [f"{name}: {each}" for each, times in counted.items() if times > 1]
    assert not broken, "\n".join(broken)


@variants(*VARIANTS)
def test_what_scrolls_takes_the_focus(seen: Seen, variant: str) -> None:
    records = seen(variant)
    broken = told(records, "unreachable scrolls")
    broken += [f"{name}: the page itself scrolls sideways" for name in records if records[name]["sideways"]]
    assert not broken, "\n".join(broken)


@variants("phone-light", "wide-light")
def test_keyboard_reaches_everything_and_shows_where_it_is(seen: Seen, variant: str) -> None:
    broken = told(seen(variant), "walk")
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

"""The look holds: lines of a readable length, light pages and dark ones, clean paper, rules that are used."""

from pathlib import Path

import pytest
from academy_book import styles
from pages import PHONE, WIDE, opened
from playwright.sync_api import Browser, expect
from sphinx.errors import ExtensionError
from visits import Seen, told, variants

LESSON = "lessons/1-neural-networks/lesson1.html"


def test_lines_have_65_to_75_characters(browser: Browser, address: str) -> None:
    with opened(browser, address + LESSON, viewport=WIDE) as page:
        page.evaluate(
            """async () => {
                const file = document.querySelector("link[as=font]").href;
                const font = new FontFace("Source Sans 3", `url(${file})`, {weight: "200 900"});
                document.fonts.add(await font.load());
            }"""
        )
        lengths = page.evaluate(
            """() => [...document.querySelectorAll(".bd-article section > p")]
                .filter((each) => !each.querySelector(".katex, code"))
                .map((each) => {
                    const lines = each.clientHeight / parseFloat(getComputedStyle(each).lineHeight);
                    return [each.textContent.length, Math.round(lines)];
                })
                .filter(([, lines]) => lines >= 3)
                .map(([characters, lines]) => characters / (lines - 0.5))"""
        )
    assert len(lengths) >= 5
    assert 65 <= sorted(lengths)[len(lengths) // 2] <= 75


def test_text_is_not_wider_than_a_phone(browser: Browser, parts: str) -> None:
    with opened(browser, parts, viewport=PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@variants("phone-light", "wide-light")
def test_numbers_of_equations_stand_clear_of_them(seen: Seen, variant: str) -> None:
    broken = told(seen(variant), "covering numbers")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_lie_on_the_page_itself(browser: Browser, address: str, theme: str) -> None:
    with opened(browser, address + LESSON, color_scheme=theme) as page:
        backgrounds = page.evaluate(
            """() => [...document.querySelectorAll("figure img")]
                .map((each) => getComputedStyle(each).backgroundColor)"""
        )
    assert set(backgrounds) == {"rgba(0, 0, 0, 0)"}


def test_paper_shows_the_chapter_alone(browser: Browser, parts: str) -> None:
    with opened(browser, parts, color_scheme="dark") as page:
        page.emulate_media(media="print")
        for label in ("Book", "On this page"):
            expect(page.get_by_role("navigation", name=label)).not_to_be_visible()
        for name in ("Search", "Colors: as the system", "Open in"):
            expect(page.get_by_role("button", name=name)).not_to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("It is two.")).to_be_visible()
        expect(page.get_by_text("Because of what follows.")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_paper_has_letters_that_no_screen_has_shown(browser: Browser, address: str) -> None:
    with opened(browser, address + LESSON) as page:
        paper = page.pdf()
    for letters in (b"KaTeX_Caligraphic", b"KaTeX_Size3"):
        assert letters in paper


KNOWN = styles.vocabulary(['<p class="note wide" id="first"><em>x</em></p>'], ["toggle('open')"])


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".note{color:red}.other{color:red}", ".note{color:red}"),
        (".other,.note{color:red}", ".note{color:red}"),
        ("#first p em{a:b}#second{a:b}table{a:b}", "#first p em{a:b}"),
        (".open:not(.never){a:b}", ".open:not(.never){a:b}"),
        (".note:hover::before{a:b}", ".note:hover::before{a:b}"),
        ("@media print{.other{a:b}.wide{a:b}}@media print{.other{a:b}}", "@media print{.wide{a:b}}"),
        ("@keyframes turn{from{a:b}}", "@keyframes turn{from{a:b}}"),
        ('.note{background:url("../x.png")}', '.note{background:url("x.png")}'),
        (
            ".note{background:url(data:image/png;base64,AA)}",
            '.note{background:url("data:image/png;base64,AA")}',
        ),
    ],
)
def test_rules_are_kept_that_can_apply(css: str, expected: str) -> None:
    assert styles.reduce(css, "styles", KNOWN).replace(" ", "") == expected.replace(" ", "")


def test_idle_custom_properties_are_dropped_with_what_only_they_read() -> None:
    css = ".a{--used:1px;--idle:var(--only);--only:2px;width:var(--used)}"
    assert styles.without_idle_properties(css) == ".a{--used:1px;width:var(--used)}"


def test_an_unknown_icon_stops_the_build() -> None:
    with pytest.raises(ExtensionError, match="no-such-icon"):
        styles.icons(['<i class="fa-solid fa-no-such-icon"></i>'])


def test_site_has_one_style_sheet(site: Path) -> None:
    page = (site / LESSON).read_text(encoding="utf-8")
    assert page.count('rel="stylesheet"') == 1
    assert (site / "_static" / "site.css").stat().st_size < 200_000

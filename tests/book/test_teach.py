"""The page for who teaches says what the pages and decks say themselves, and its commands and tasks exist."""

import re

import pytest
from academy.cli import app
from academy.homework.grading import find
from bs4 import BeautifulSoup
from sites import ROOT
from typer.testing import CliRunner

pytestmark = pytest.mark.slow

LESSONS = 8


def page_of(site, name):
    return BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def teach(site):
    return page_of(site, "book/teach.html")


def test_the_minutes_are_those_of_decks_chapters_and_homeworks(site, teach):
    table = teach.find(id="minutes-a-part").find_next("table")
    rows = table.tbody.find_all("tr")
    decks = re.findall(r"(\d+) minutes", page_of(site, "slides/index.html").get_text())
    assert len(rows) == len(decks) == LESSONS
    for row, minutes in zip(rows, decks):
        _, deck, core, whole, homework = (cell.get_text(strip=True) for cell in row.find_all("td"))
        assert deck == f"{minutes} min"
        address = row.a["href"].removeprefix("../")
        head = page_of(site, address).select_one(".lesson-row > p").get_text()
        assert head.startswith(f"{core} for the core path, {whole} for all of it")
        own_head = page_of(site, address.replace("/lesson", "/homework")).select_one(".lesson-row > p")
        assert own_head.get_text().startswith(f"{homework} to read")


def test_the_plan_has_each_chapter_and_each_homework_once_in_their_order(teach):
    plan = teach.find(id="a-plan-for-eight-weeks").find_next("table")
    linked = [re.search(r"(lesson|homework)\d", link["href"]) for link in plan.find_all("a")]
    names = [found[0] for found in linked if found]
    for kind in ("lesson", "homework"):
        listed = [name for name in names if name.startswith(kind)]
        assert listed == [f"{kind}{number}" for number in range(1, LESSONS + 1)]
    weeks = [row.td.get_text(strip=True) for row in plan.tbody.find_all("tr")]
    assert weeks == ["before", *map(str, range(1, LESSONS + 1))]


def test_the_grades_shown_are_of_the_homework_that_there_is(teach):
    (shown,) = [block.get_text() for block in teach.find_all("pre") if "academy check" in block.get_text()]
    tasks = len(find("homework6").tasks)
    for score, marks in re.findall(r"(\d) of \d +([✓✗]+) ", shown):
        assert marks.count("✓") == int(score)
        assert len(marks) == tasks
    assert f"{tasks} of {tasks}" in shown


def test_each_command_that_the_page_names_is_there(teach):
    named = {tuple(found.split()) for found in re.findall(r"academy ((?:[a-z]+ ?)+)", commands_of(teach))}
    assert {words[0] for words in named} >= {"assets", "check", "compete", "app"}
    for words in named:
        command = [word for word in words if not re.fullmatch(r"homework\d?|week", word)]
        asked = CliRunner().invoke(app, [*command, "--help"])
        assert asked.exit_code == 0, command
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z-]+)", commands_of(teach)):
        assert f"\n{target}:" in makefile, target


def commands_of(page):
    return "\n".join(block.get_text() for block in page.find_all(["pre", "code"]))

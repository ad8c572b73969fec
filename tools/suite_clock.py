"""Records how long each kind of test took, for the page "How this book was made".

    make test && .venv/bin/python tools/suite_clock.py

Tests run side by side and begin by making what they share, so the seconds of all kinds are more than those
that passed, and what is shared counts for the test that needed it first.
"""

from collections import defaultdict
from pathlib import Path
from typing import Annotated
from xml.etree import ElementTree

import typer
from academy.learn.sweeps import write_sweep

REPORT = Path(__file__).parents[1] / "_build" / "tests.xml"
KINDS = {
    "tests.book.test_notebooks_run": "Notebooks in an environment like Colab's",
    "tests.book.test_pages": "Pages in a browser",
    "tests.book": "The build, and what is in the page",
    "tests.lessons.test_every_deck": "Decks in a browser",
    "tests.lessons": "Chapters, homework and their checks",
    "tests.slides": "The build, and what is in the page",
    "tests.academy.homework": "The grader",
    "tests.academy": "The package",
    "tests.competitions": "Competitions",
    "tests": "The project",
}
"""The first that begins a test's module names its kind."""


def kind_of(module: str) -> str:
    """Name the kind of a test by its module."""
    return next(kind for start, kind in KINDS.items() if module.startswith(start))


def rows(report: Path) -> list[dict[str, object]]:
    """Read a report of pytest: for each kind how many tests there are and how many seconds they took."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):
        seconds[kind_of(case.attrib["classname"])].append(float(case.attrib["time"]))
    found = [
        {"kind": kind, "tests": len(each), "seconds": round(sum(each))} for kind, each in seconds.items()
    ]
    return sorted(found, key=lambda row: -float(str(row["seconds"])))


def main(report: Annotated[Path, typer.Argument()] = REPORT) -> None:
    """Record the last run of the tests."""
    suite = ElementTree.parse(report).find("testsuite")
    if suite is None or suite.attrib["failures"] + suite.attrib["errors"] != "00":
        raise typer.BadParameter(f"{report} is no report of a whole run in which all passed: make test")
    print(write_sweep("benchmarks/tests", {}, rows(report), float(suite.attrib["time"])))


if __name__ == "__main__":
    typer.run(main)

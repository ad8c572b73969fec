"""Grades notebooks: each runs in a process of its own, within limits, and gets a score and a sentence."""

import importlib
import importlib.util
import json
import os
import pkgutil
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from academy.book import BOOK_VARIABLE
from academy.homework.tasks import Finding, Homework, Result, wrong
from academy.sandbox.limits import LimitExceeded, run_limited

GRACE_SECONDS = 60
"""Beyond a notebook's own time and that of its checks: to start, and to be interrupted."""
LEAST_CHECKING_SECONDS = 60
"""The checks run answers again: they have as long as the cells, and no less than this."""
LESSONS = "academy.lessons"
"""Where homeworks are found, by name: the lessons stand on this package, and it imports none of them."""


@dataclass(frozen=True)
class Grade:
    """What one notebook is worth, and why."""

    notebook: Path
    results: list[Result]
    problems: list[str]
    """About the notebook as a whole: what it raised, why it was stopped, that it could not be read."""

    @property
    def score(self) -> int:
        """Number of solved tasks."""
        return sum(result.solved for result in self.results)

    @property
    def sentence(self) -> str:
        """The first thing to know: what befell the notebook, or else the first wrong finding."""
        wrongs = [
            f"Task {result.number}: {finding.text}"
            for result in self.results
            for finding in result.findings
            if not finding.right
        ]
        return next(iter([*self.problems, *wrongs]), "Everything is right.")


def homeworks() -> list[str]:
    """Name the homeworks that there are: that of ``academy.lessons.lesson1`` is ``homework1``."""
    lessons = importlib.import_module(LESSONS)
    names = [lesson.name for lesson in pkgutil.iter_modules(lessons.__path__)]
    with_homework = [name for name in names if importlib.util.find_spec(f"{LESSONS}.{name}.homework")]
    return sorted(name.replace("lesson", "homework") for name in with_homework)


def find(name: str) -> Homework:
    """Return a homework by its name.

    Raises:
        ValueError: If there is no such homework; the message lists those there are.
    """
    if name not in homeworks():
        raise ValueError(f"there is no homework “{name}”, only: {', '.join(homeworks())}")
    lesson = name.replace("homework", "lesson")
    found: Homework = importlib.import_module(f"{LESSONS}.{lesson}.homework").homework
    return found


def notebooks_in(paths: list[Path]) -> list[Path]:
    """Return the given files, and in place of a folder the notebooks in it."""
    return [each for path in paths for each in (sorted(path.glob("*.ipynb")) if path.is_dir() else [path])]


def grade(homework: Homework, notebook: Path, seconds: float, gigabytes: float) -> Grade:
    """Run a notebook in an empty folder, and check what it left.

    Args:
        homework: What it answers.
        notebook: The student's file; it is not changed.
        seconds: Time for its cells.
        gigabytes: Memory that it may use, in 10⁹ bytes.
    """
    if not notebook.is_file():
        return Grade(notebook, unanswered(homework), ["There is no such file."])
    checking_seconds = max(seconds, LEAST_CHECKING_SECONDS)
    request = {
        "notebook": str(notebook.resolve()),
        "homework": homework.name,
        "tasks": len(homework.tasks),
        "seconds": seconds,
        "checking_seconds": checking_seconds,
    }
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryDirectory() as own,
    ):
        outcome = Path(own, "outcome.json")
        command = [sys.executable, "-m", "academy.homework.worker", json.dumps(request), str(outcome)]
        environment = {name: value for name, value in os.environ.items() if name != BOOK_VARIABLE}
        try:
            run_limited(command, seconds + checking_seconds + GRACE_SECONDS, gigabytes, folder, environment)
        except LimitExceeded as limit:
            return Grade(notebook, unanswered(homework), [f"It {limit}, and was ended."])
        if not outcome.is_file():
            return Grade(
                notebook, unanswered(homework), ["The program that ran it ended before it could be checked."]
            )
        return read(homework, notebook, json.loads(outcome.read_text(encoding="utf-8")))


def read(homework: Homework, notebook: Path, outcome: dict[str, Any]) -> Grade:
    """Turn what the worker wrote into a grade."""
    checked = {task["number"]: task["findings"] for task in outcome.get("tasks") or []}
    results = [
        replace(result, findings=[Finding(**finding) for finding in checked[result.number]])
        if result.number in checked
        else result
        for result in unanswered(homework)
    ]
    return Grade(notebook, results, outcome["problems"])


def unanswered(homework: Homework) -> list[Result]:
    """Return the results of a notebook of which no task could be checked."""
    nothing = wrong("It could not be checked.", "what the notebook as a whole ran into.")
    return [Result(number, title, [nothing]) for number, (title, _) in enumerate(homework.tasks, 1)]

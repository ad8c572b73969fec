"""Grades notebooks: each runs in a process of its own, within limits, and gets a score and a sentence."""

import importlib
import importlib.util
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from joblib import delayed

from academy.homework.outcome import SAID, STARTED, last_words, read_problems, read_results, unanswered
from academy.homework.surroundings import own_surroundings
from academy.homework.tasks import Homework, Result, said
from academy.learn.workers import Workers
from academy.sandbox.limits import LimitExceeded, run_limited

GRACE_SECONDS = 60
"""Beyond a notebook's own time and that of its checks: to start, and to be interrupted."""
LEAST_CHECKING_SECONDS = 60
"""The checks run answers again: they have as long as the cells, and no less than this."""
LESSONS = "academy.lessons"
"""Where homeworks are found, by name: the lessons stand on this package, and it imports none of them."""
LARGEST = 50_000_000
"""Bytes that a notebook may have."""


@dataclass(frozen=True)
class HandIn:
    """A notebook as it was before any other was run, for what is run could change it."""

    notebook: Path
    content: bytes = b""
    problem: str = ""
    """Why it could not be read, if so."""


@dataclass(frozen=True)
class Grade:
    """What one notebook is worth, and why."""

    notebook: Path
    results: list[Result]
    problems: list[str]
    """About the notebook as a whole: what it raised, why it was stopped, that it could not be read."""
    fault: str = ""
    """Why the grader itself could not grade it; the score is then no student's."""

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
        fault = [f"The grader failed: {self.fault}."] if self.fault else []
        return next(iter([*fault, *self.problems, *wrongs]), "Everything is right.")


class DidNotStart(Exception):
    """What was to run a notebook ended before its first cell."""


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
    """Return the given files, and in place of a folder the notebooks in it and in its folders."""
    return [each for path in paths for each in (found_in(path) if path.is_dir() else [path])]


def found_in(folder: Path) -> list[Path]:
    """Return the notebooks that students saved: no checkpoints, no hidden files, nothing that macOS adds."""
    notebooks = [path for path in folder.rglob("*") if path.suffix.lower() == ".ipynb" and path.is_file()]
    return sorted(each for each in notebooks if not any(map(is_aside, each.relative_to(folder).parts)))


def is_aside(name: str) -> bool:
    """Tell whether a program put a file or folder there, and not the student."""
    return name.startswith(".") or name == "__MACOSX"


def handed_in(notebook: Path) -> HandIn:
    """Read a notebook, or say why it cannot be read."""
    try:
        if not notebook.is_file():
            return HandIn(notebook, problem="There is no such file.")
        if (size := notebook.stat().st_size) > LARGEST:
            return HandIn(
                notebook,
                problem=f"It has {size / 1e6:.0f} MB, and may have {LARGEST / 1e6:.0f}: clear its outputs.",
            )
        return HandIn(notebook, notebook.read_bytes())
    except OSError as error:
        return HandIn(notebook, problem=f"It cannot be read: {error.strerror}.")


def grade_all(
    homework: Homework,
    hand_ins: Sequence[HandIn],
    seconds: float,
    gigabytes: float,
    workers: Workers,
    begin: Callable[[Path], object],
) -> list[Grade]:
    """Grade the notebooks of a class, several at once where there are several workers.

    Args:
        homework: What they answer.
        hand_ins: The students' notebooks.
        seconds: Time for the cells of each.
        gigabytes: Memory that each may use, in 10⁹ bytes.
        workers: Who grades them.
        begin: Is told of each notebook when its turn comes.

    Returns:
        The grades, in the order of the notebooks.
    """

    def calls() -> Iterator[Any]:
        for index, hand_in in enumerate(hand_ins):
            begin(hand_in.notebook)
            yield delayed(numbered_grade)(index, homework.name, hand_in, seconds, gigabytes)

    with workers.started() as parallel:
        return [grade for _, grade in sorted(parallel(calls()), key=itemgetter(0))]


def numbered_grade(
    index: int, homework: str, hand_in: HandIn, seconds: float, gigabytes: float
) -> tuple[int, Grade]:
    """Grade a notebook, wherever this runs; its number tells it from the others."""
    return index, grade(find(homework), hand_in, seconds, gigabytes)


def grade(homework: Homework, hand_in: HandIn, seconds: float, gigabytes: float) -> Grade:
    """Run a notebook in surroundings of its own, and read what its checks left.

    Whatever goes wrong is the grade of this notebook, and nobody else's. What its cells do comes back as
    results and problems; whatever is raised here is the grader's own fault.

    Args:
        homework: What it answers.
        hand_in: The student's notebook.
        seconds: Time for its cells.
        gigabytes: Memory that it may use, in 10⁹ bytes.
    """
    try:
        results, problems = outcome_of(homework, hand_in, seconds, gigabytes)
    except Exception as error:
        return Grade(hand_in.notebook, unanswered(homework), [], fault=said(error))
    return Grade(hand_in.notebook, results, problems)


def outcome_of(
    homework: Homework, hand_in: HandIn, seconds: float, gigabytes: float
) -> tuple[list[Result], list[str]]:
    """Return the result of each task, and what went wrong with the notebook as a whole.

    Raises:
        DidNotStart: If no kernel did.
        OSError: If there is no room for the notebook's folders.
    """
    if hand_in.problem:
        return unanswered(homework), [hand_in.problem]
    checking_seconds = max(seconds, LEAST_CHECKING_SECONDS)
    with own_surroundings() as own:
        notebook = own.left / "notebook.ipynb"
        notebook.write_bytes(hand_in.content)
        request = {
            "notebook": str(notebook),
            "left": str(own.left),
            "homework": homework.name,
            "tasks": len(homework.tasks),
            "seconds": seconds,
            "checking_seconds": checking_seconds,
        }
        command = [sys.executable, "-m", "academy.homework.worker", json.dumps(request)]
        limit = seconds + checking_seconds + GRACE_SECONDS
        ended = []
        try:
            with (own.left / SAID).open("wb") as words:
                run_limited(command, limit, gigabytes, str(own.work), own.environment(), words)
        except LimitExceeded as exceeded:
            ended = [f"It {exceeded}, and was ended."]
        if not (own.left / STARTED).exists():
            raise DidNotStart(f"no kernel started; the last words were: {last_words(own.left)}")
        results, unread = read_results(homework, own.left)
        return results, (ended or read_problems(own.left)) + unread

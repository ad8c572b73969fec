"""Tasks that check themselves: what is right, what is wrong, and where to look next.

A task is a function from the answers, which it names as its arguments, to findings. The same function
serves the student, who calls `check` in a cell, and the grader, which calls it after the notebook's end.
"""

import inspect
import json
import sys
import textwrap
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from academy.atomic import atomic_write
from academy.book import in_book
from academy.foreign import cleaned

LONGEST = 1000
"""Characters of a sentence about an answer: values in it can be giants."""
LONGEST_SAID = 300
"""Characters of what an error says."""


@dataclass(frozen=True)
class Finding:
    """One thing that a check found out about an answer."""

    right: bool
    text: str
    look: str = ""
    """Where to look next, when it is wrong."""


@dataclass(frozen=True)
class Result:
    """What a check found out about the answers to one task."""

    number: int
    title: str
    findings: list[Finding]

    @property
    def solved(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.right for finding in self.findings)

    def __str__(self) -> str:
        lines = [f"Task {self.number}, {self.title}: {'solved' if self.solved else 'not yet solved'}"]
        for finding in self.findings:
            lines.append(f"  {'✓' if finding.right else '✗'} {finding.text}")
            lines += [f"    Look next: {finding.look}"] * bool(finding.look)
        return "\n".join(lines)


def narrow(text: str) -> str:
    """Break lines that would not fit below a cell; what goes on is indented."""
    wrapper = textwrap.TextWrapper(
        76, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(wrapper.fill(line) for line in text.splitlines())


Check = Callable[..., Iterator[Finding]]


class NotSolved(AssertionError):
    """A solution of the book does not pass its own check."""


def right(text: str) -> Finding:
    """Say what is right."""
    return Finding(True, cleaned(text, LONGEST))


def wrong(text: str, look: str) -> Finding:
    """Say what is wrong, with the values found and wanted, and where to look next."""
    return Finding(False, cleaned(text, LONGEST), cleaned(look, LONGEST))


class Homework:
    """The tasks of one homework, in order.

    Args:
        name: As in ``homework1``.
        tasks: The title of each, and its check, whose arguments are the names of the answers.
    """

    def __init__(self, name: str, tasks: Sequence[tuple[str, Check]]) -> None:
        self.name = name
        self.tasks = tasks

    def result(self, number: int, answers: Mapping[str, object]) -> Result:
        """Check the answers to one task.

        Args:
            number: Counted from 1.
            answers: The notebook's variables by name; an ellipsis stands for one not yet given.

        Raises:
            ValueError: If there is no such task.
        """
        if not 1 <= number <= len(self.tasks):
            raise ValueError(f"there is no task {number}: {self.name} has tasks 1 to {len(self.tasks)}")
        title, function = self.tasks[number - 1]
        wanted = {name: answers.get(name, ...) for name in inspect.signature(function).parameters}
        findings = [
            wrong(
                f"`{name}` is missing.",
                f"give it a value in the cell of task {self.first_with(name)}, and run that cell.",
            )
            for name, value in wanted.items()
            if value is ...
        ]
        with torch.random.fork_rng(devices=[]):  # a notebook draws the same numbers, checked or not
            return Result(number, title, findings or list(guarded(function(**wanted))))

    def first_with(self, name: str) -> int:
        """Return the number of the first task that asks for an answer."""
        asks = [name in inspect.signature(function).parameters for _, function in self.tasks]
        return asks.index(True) + 1

    def check(self, number: int) -> None:
        """Print what is right and wrong about the answers to one task in the notebook's variables.

        Args:
            number: Counted from 1.

        Raises:
            NotSolved: In the book's build, if an answer is wrong; in a student's notebook never.
        """
        result = self.result(number, vars(sys.modules["__main__"]))
        if in_book() and not result.solved:
            raise NotSolved(str(result))
        print(narrow(str(result)))

    def write(self, number: int, target: str) -> None:
        """Check the answers to one task in the notebook's variables, and write the result as JSON.

        Args:
            number: Counted from 1.
            target: The file to make, complete or not at all.
        """
        found = self.result(number, vars(sys.modules["__main__"]))
        atomic_write(Path(target), json.dumps(asdict(found)))


@contextmanager
def calling(call: str) -> Iterator[None]:
    """Name the call of an answer, for the finding that it becomes when the answer raises."""
    try:
        yield
    except Exception as error:
        error.add_note(call)
        raise


def guarded(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Pass findings on; an answer that raises is one of them, and the last."""
    try:
        yield from findings
    except (Exception, SystemExit) as error:
        call = f"`{error.__notes__[0]}`" if getattr(error, "__notes__", []) else "your answer"
        yield wrong(f"Running {call} raised {said(error)}{place_of(error)}.", "call it in a cell of its own.")


def said(error: BaseException) -> str:
    """Return the name and the first line of an error, whose own code may be wrong too."""
    try:
        lines = str(error).strip().splitlines()
    except Exception:
        lines = []
    name = type(error).__name__
    return cleaned(f"{name}: {lines[0]}" if lines else name, LONGEST_SAID)


def place_of(error: BaseException) -> str:
    """Say in which line of the notebook an error was raised; cells are no files on disk."""
    frames = traceback.extract_tb(error.__traceback__)
    cells = [frame for frame in frames if frame.line and not Path(frame.filename).exists()]
    return f", in your line `{cells[-1].line}`" if cells else ""

"""Grades as a table for people and as JSON for programs."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from academy.foreign import cleaned
from academy.homework.grading import Grade

LONGEST_NAME = 255
Marks = tuple[str, str]
"""For what is wrong, and for what is right."""
MARKS, ASCII_MARKS = ("✗", "✓"), ("-", "+")


def shown(path: Path) -> str:
    """Return a path as valid text; bytes in it that are no UTF-8 are written as numbers."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def names_of(paths: Sequence[Path]) -> dict[Path, str]:
    """Return names that can be shown in a terminal, with the folders that tell one file from the others."""
    return {path: cleaned(shown(shortest_end(path, paths)), LONGEST_NAME) for path in paths}


def shortest_end(path: Path, paths: Sequence[Path]) -> Path:
    """Return as much of the end of a path as no other path has."""
    others = [other.parts for other in paths if other != path]
    ends = (path.parts[-count:] for count in range(1, len(path.parts)))
    return Path(*next((end for end in ends if not any(o[-len(end) :] == end for o in others)), path.parts))


def as_json(grades: list[Grade]) -> str:
    """Return all that is known of each notebook, in ASCII, which every output takes."""
    return json.dumps([as_dictionary(grade) for grade in grades], indent=1)


def as_dictionary(grade: Grade) -> dict[str, object]:
    """Return all that is known of one notebook."""
    return {
        "notebook": shown(grade.notebook),
        "score": grade.score,
        "of": len(grade.results),
        "sentence": grade.sentence,
        "fault": grade.fault,
        "problems": grade.problems,
        "tasks": [{"solved": result.solved, **asdict(result)} for result in grade.results],
    }


def table(grades: list[Grade], console: Console) -> Table:
    """Return what a console can show: every finding of a single notebook, or a row for each of many."""
    marks = ASCII_MARKS if console.options.ascii_only else MARKS
    return table_of_one(grades[0], marks) if len(grades) == 1 else table_of_many(grades, marks)


def table_of_one(grade: Grade, marks: Marks) -> Table:
    """Return one notebook's tasks, with every finding."""
    table = Table("task", "", "found", box=box.SIMPLE, title=score(grade), title_justify="left")
    for problem in [grade.sentence] if grade.fault else grade.problems:
        table.add_row("notebook", "!", Text(problem))
    for result in grade.results:
        for position, finding in enumerate(result.findings):
            name = "" if position else f"{result.number} {result.title}"
            advice = f"\nLook next: {finding.look}" if finding.look else ""
            table.add_row(Text(name), marks[finding.right], Text(finding.text + advice))
    return table


def table_of_many(grades: list[Grade], marks: Marks) -> Table:
    """Return a row for each notebook: its score, its tasks, and the first thing to know."""
    table = Table("notebook", "score", "tasks", "first thing to know", box=box.SIMPLE)
    names = names_of([grade.notebook for grade in grades])
    for grade in grades:
        tasks = "".join(marks[result.solved] for result in grade.results)
        table.add_row(Text(names[grade.notebook]), score(grade), tasks, Text(grade.sentence))
    return table


def score(grade: Grade) -> str:
    """Return the solved tasks out of all."""
    return f"{grade.score} of {len(grade.results)}"

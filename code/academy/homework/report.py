"""Grades as a table for people and as JSON for programs."""

import json
from dataclasses import asdict

from rich import box
from rich.markup import escape
from rich.table import Table

from academy.homework.grading import Grade


def as_json(grades: list[Grade]) -> str:
    """Return all that is known of each notebook."""
    return json.dumps([as_dictionary(grade) for grade in grades], indent=1, ensure_ascii=False)


def as_dictionary(grade: Grade) -> dict[str, object]:
    """Return all that is known of one notebook."""
    return {
        "notebook": str(grade.notebook),
        "score": grade.score,
        "of": len(grade.results),
        "sentence": grade.sentence,
        "problems": grade.problems,
        "tasks": [{"solved": result.solved, **asdict(result)} for result in grade.results],
    }


def table_of_one(grade: Grade) -> Table:
    """Return one notebook's tasks, with every finding."""
    table = Table("task", "", "found", box=box.SIMPLE, title=score(grade), title_justify="left")
    for problem in grade.problems:
        table.add_row("notebook", "!", escape(problem))
    for result in grade.results:
        for position, finding in enumerate(result.findings):
            name = "" if position else f"{result.number} {result.title}"
            advice = f"\nLook next: {finding.look}" if finding.look else ""
            table.add_row(escape(name), "✓" if finding.right else "✗", escape(finding.text + advice))
    return table


def table_of_many(grades: list[Grade]) -> Table:
    """Return a row for each notebook: its score, its tasks, and the first thing to know."""
    table = Table("notebook", "score", "tasks", "first thing to know", box=box.SIMPLE)
    for grade in grades:
        tasks = "".join("✓" if result.solved else "✗" for result in grade.results)
        table.add_row(escape(grade.notebook.name), score(grade), tasks, escape(grade.sentence))
    return table


def score(grade: Grade) -> str:
    """Return the solved tasks out of all."""
    return f"{grade.score} of {len(grade.results)}"

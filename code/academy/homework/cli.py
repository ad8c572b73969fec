"""The command ``academy check``: grades one notebook or many."""

import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from academy.terminal import why_unprinted


def check(
    name: Annotated[str, typer.Argument(metavar="HOMEWORK", help="As in homework1.")],
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks, or folders of notebooks.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every finding.")] = False,
    seconds: Annotated[float, typer.Option(min=1, help="Time that a notebook's cells may take.")] = 300,
    gigabytes: Annotated[float, typer.Option(min=0.5, help="Memory that a notebook may use.")] = 4,
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks that run at once.")] = 1,
    dask: Annotated[str | None, typer.Option(help="Scheduler of a Dask cluster to run them on.")] = None,
) -> None:
    """Run students' notebooks, check their answers, and print a score for each.

    Ends with 0 if every notebook has the full score, with 1 if not, with 2 if there is nothing to grade, with
    3 if the grader itself failed on some notebook: then its score is no student's. It runs what is in the
    notebooks: it is a grader, not a sandbox. Run notebooks of strangers in a container; CONTRIBUTING.md says
    how.
    """
    try:
        from academy.homework import grading, report
        from academy.learn.workers import Workers
    except ImportError as missing:
        raise typer.BadParameter(f"grading needs {missing.name}: pip install 'pa-academy[grading]'") from None
    try:
        homework = grading.find(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="HOMEWORK") from None
    found = grading.notebooks_in(notebooks)
    if not found:
        raise typer.BadParameter("there is no notebook in the folder", param_hint="NOTEBOOKS")
    never_fail_to_print()
    hand_ins = [grading.handed_in(notebook) for notebook in found]  # all, before any is run
    workers = Workers(jobs, dask, threads=True)
    grades = grading.grade_all(homework, hand_ins, seconds, gigabytes, workers, begin(report.names_of(found)))
    faults = sorted({grade.fault for grade in grades if grade.fault})
    if why := why_unprinted(
        lambda: tell(report.as_json(grades) if as_json else report.table(grades, Console()))
    ):
        faults.append(f"the grades could not be printed ({why})")
    for fault in faults:
        print(f"The grader itself failed: {fault}.", file=sys.stderr)
    full = all(grade.score == len(homework.tasks) for grade in grades)
    raise typer.Exit(3 if faults else 0 if full else 1)


def tell(grades: str | Table) -> None:
    """Print the grades."""
    if isinstance(grades, str):
        print(grades)
    else:
        Console().print(grades)


def begin(names: dict[Path, str]) -> Callable[[Path], None]:
    """Return what says whose turn it is."""

    def say(notebook: Path) -> None:
        text = f"running {names[notebook]} …"
        Console(stderr=True).print(text, markup=False, highlight=False, emoji=False)

    return say


def never_fail_to_print() -> None:
    """Have a terminal show a question mark for what it has no character for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")

"""The command ``academy check``: grades one notebook or many."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def check(
    name: Annotated[str, typer.Argument(metavar="HOMEWORK", help="As in homework1.")],
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks, or folders of notebooks.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every finding.")] = False,
    seconds: Annotated[float, typer.Option(min=1, help="Time that a notebook's cells may take.")] = 300,
    gigabytes: Annotated[float, typer.Option(min=0.5, help="Memory that a notebook may use.")] = 4,
) -> None:
    """Run students' notebooks, check their answers, and print a score for each.

    Ends with 0 if every notebook has the full score, with 1 if not. It runs what is in the notebooks: it is
    a grader, not a sandbox. Run notebooks of strangers in a container; CONTRIBUTING.md says how.
    """
    try:
        from academy.homework import grading, report
    except ImportError as missing:
        raise typer.BadParameter(f"grading needs {missing.name}: pip install 'pa-academy[grading]'") from None
    try:
        homework = grading.find(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="HOMEWORK") from None
    found = grading.notebooks_in(notebooks)
    if not found:
        raise typer.BadParameter("there is no notebook in the folder", param_hint="NOTEBOOKS")
    grades = []
    for notebook in found:
        Console(stderr=True).print(f"running {notebook.name} …", markup=False, highlight=False)
        grades.append(grading.grade(homework, notebook, seconds, gigabytes))
    if as_json:
        print(report.as_json(grades))
    else:
        Console().print(report.table_of_one(grades[0]) if len(grades) == 1 else report.table_of_many(grades))
    full = all(grade.score == len(homework.tasks) for grade in grades)
    raise typer.Exit(0 if full else 1)

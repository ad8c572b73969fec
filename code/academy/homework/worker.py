"""Runs one notebook, lets its homework check what it left, and writes the outcome as JSON.

The grader starts this as a process of its own: `python -m academy.homework.worker REQUEST OUTCOME`.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from academy.atomic import atomic_write

CHECK = "from academy.homework.grading import find as _; _({homework!r}).write({number}, {target!r})"
"""Run in the student's kernel after the last cell: the grader's own check, not what cells have printed."""


def outcome_of(
    notebook: str, homework: str, tasks: int, seconds: float, checking_seconds: float
) -> dict[str, Any]:
    """Run a notebook and check it.

    Args:
        notebook: Path of the notebook.
        homework: Name of the homework, as in ``homework1``.
        tasks: How many it has.
        seconds: Time for the cells; a cell that runs then is interrupted, and the rest left out.
        checking_seconds: Time for the checks of all tasks.

    Returns:
        ``problems``, sentences about the notebook as a whole, and ``tasks``, the results as
        ``Homework.write`` gives them, of the tasks that could be checked.
    """
    try:
        found = nbformat.reads(Path(notebook).read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(found)
    except Exception as error:  # nbformat raises whatever a broken file makes its parts raise
        return {"problems": [f"It is no notebook that can be read ({said(error)})."], "tasks": []}
    with tempfile.TemporaryDirectory() as own:
        targets = [Path(own, f"{number}.json") for number in range(1, tasks + 1)]
        checks = [
            CHECK.format(homework=homework, number=number, target=str(target))
            for number, target in enumerate(targets, 1)
        ]
        problems = run(found, seconds, checks, checking_seconds)
        results = [json.loads(each.read_text(encoding="utf-8")) for each in targets if each.is_file()]
    return {"problems": problems, "tasks": results}


def run(notebook: NotebookNode, seconds: float, checks: list[str], checking_seconds: float) -> list[str]:
    """Run the cells in order until their time is over, then the checks; return what went wrong."""
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        allow_errors=True,
        interrupt_on_timeout=True,
        error_on_timeout={"ename": "Timeout", "evalue": "", "traceback": []},
    )
    problems: list[str] = []
    with suppress(DeadKernelError), client.setup_kernel():
        for problem in chain(run_cells(client, seconds), run_checks(client, checks, checking_seconds)):
            problems.append(problem)
    return problems


def run_cells(client: NotebookClient, seconds: float) -> Iterator[str]:
    """Run the notebook's cells until their time is over, and say what goes wrong."""
    deadline = time.monotonic() + seconds
    for index, cell in enumerate(client.nb.cells):
        client.timeout = max(1, round(deadline - time.monotonic()))
        try:
            client.execute_cell(cell, index)
        except DeadKernelError:
            yield f"Cell {index + 1} ended the kernel."
            raise
        if time.monotonic() > deadline:
            yield f"It was stopped after {seconds:g} s, in cell {index + 1}."
            return
        yield from (f"Cell {index + 1} raised {error}." for error in errors(cell))


def run_checks(client: NotebookClient, checks: list[str], seconds: float) -> Iterator[str]:
    """Run a check after the other, each for at most half of the time that is left, so others have theirs."""
    deadline = time.monotonic() + seconds
    for number, check in enumerate(checks, 1):
        client.timeout = max(1, round((deadline - time.monotonic()) / 2))
        start, cell = time.monotonic(), nbformat.v4.new_code_cell(check)
        client.nb.cells.append(cell)
        try:
            client.execute_cell(cell, len(client.nb.cells) - 1)
        except DeadKernelError:
            yield f"The check of task {number} ended the kernel."
            raise
        if time.monotonic() - start >= client.timeout:
            yield f"The check of task {number} was stopped after {client.timeout} s."
        yield from (f"Task {number} could not be checked: {error}." for error in errors(cell))


def errors(cell: NotebookNode) -> list[str]:
    """Return what a cell raised."""
    return [
        f"{output.ename}: {output.evalue.strip().splitlines()[0]}" if output.evalue.strip() else output.ename
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def said(error: Exception) -> str:
    """Return the name and the first line of an error."""
    words = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {words[0][:120]}"


if __name__ == "__main__":
    outcome = outcome_of(**json.loads(sys.argv[1]))
    atomic_write(Path(sys.argv[2]), json.dumps(outcome))

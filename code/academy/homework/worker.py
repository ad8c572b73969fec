"""Runs one notebook, lets its homework check what it left, and writes the outcome as JSON.

The grader starts this as a process of its own: `python -m academy.homework.worker REQUEST OUTCOME`.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

CHECK = "from academy.homework.{homework} import homework as _; _.write({target!r})"
"""Run in the student's kernel after the last cell: the grader's own check, not what cells have printed."""

CHECKING_SECONDS = 60


def outcome_of(notebook: str, homework: str, seconds: float) -> dict[str, Any]:
    """Run a notebook and check it.

    Args:
        notebook: Path of the notebook.
        homework: Name of the homework, as in ``homework1``.
        seconds: Time for the cells; a cell that runs then is interrupted, and the rest left out.

    Returns:
        ``problems``, sentences about the notebook as a whole, and ``tasks``, the results as
        ``Homework.write`` gives them; none if the kernel could not be asked.
    """
    try:
        found = nbformat.reads(Path(notebook).read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(found)
    except Exception as error:  # nbformat raises whatever a broken file makes its parts raise
        return {"problems": [f"It is no notebook that can be read ({said(error)})."], "tasks": []}
    with tempfile.TemporaryDirectory() as own:
        results = Path(own, "results.json")
        problems = run(found, seconds, CHECK.format(homework=homework, target=str(results)))
        if results.is_file():
            return {"problems": problems, "tasks": json.loads(results.read_text(encoding="utf-8"))}
    return {"problems": problems or ["Its answers could not be checked."], "tasks": []}


def run(notebook: NotebookNode, seconds: float, check: str) -> list[str]:
    """Run the cells in order until their time is over, then the check; return what went wrong."""
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        allow_errors=True,
        interrupt_on_timeout=True,
        error_on_timeout={"ename": "Timeout", "evalue": "", "traceback": []},
    )
    problems: list[str] = []
    index = 0
    try:
        with client.setup_kernel():
            deadline = time.monotonic() + seconds
            for index, cell in enumerate(notebook.cells):
                client.timeout = max(1, round(deadline - time.monotonic()))
                client.execute_cell(cell, index)
                if time.monotonic() > deadline:
                    problems.append(f"It was stopped after {seconds:g} s, in cell {index + 1}.")
                    break
                problems += [f"Cell {index + 1} raised {error}." for error in errors(cell)]
            client.timeout = CHECKING_SECONDS
            notebook.cells.append(nbformat.v4.new_code_cell(check))
            client.execute_cell(notebook.cells[-1], len(notebook.cells) - 1)
    except DeadKernelError:
        problems.append(f"Cell {index + 1} ended the kernel.")
    return problems


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
    target = Path(sys.argv[2])
    unfinished = target.with_suffix(".partial")
    unfinished.write_text(json.dumps(outcome), encoding="utf-8")
    unfinished.replace(target)

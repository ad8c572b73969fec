"""Runs one notebook, lets its homework check what it left, and writes what went wrong as JSON.

The grader starts this as a process of its own: `python -m academy.homework.worker REQUEST`. The checks write
their results, one file a task, so that those which were through count whatever happens then.
"""

import codecs
import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from traitlets import default

from academy.atomic import atomic_write
from academy.foreign import REPLACEMENT, cleaned
from academy.homework.messages import pack
from academy.homework.outcome import MOST, PROBLEMS, STARTED, result_file
from academy.homework.tasks import LONGEST, said
from academy.kernels import SocketFileKernel

CHECK = "from academy.homework.grading import find as _; _({homework!r}).write({number}, {target!r})"
"""Run in the student's kernel after the last cell: the grader's own check, not what cells have printed."""
STAY = "get_ipython().ask_exit = lambda: get_ipython().payload_manager.write_payload({'source': 'ask_exit'})"
"""Run in the kernel before the first cell: when one calls `exit()`, the kernel stays for the checks."""
KERNEL = [f"--IPKernelApp.exec_lines={STAY}", f"--Session.packer={pack.__module__}.{pack.__name__}"]
SURROGATE = re.compile("[\ud800-\udfff]")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class OwnPython(SocketFileKernel):
    """Starts a kernel of this Python, whatever another program has registered under its name."""

    @default("kernel_spec_manager")
    def _without_registered_kernels(self) -> KernelSpecManager:
        return KernelSpecManager(parent=self, kernel_dirs=[])


def grade(
    notebook: str, left: str, homework: str, tasks: int, seconds: float, checking_seconds: float
) -> Iterator[str]:
    """Run a notebook and check it.

    Args:
        notebook: Path of the notebook.
        left: Folder for the results of the tasks.
        homework: Name of the homework, as in ``homework1``.
        tasks: How many it has.
        seconds: Time for the cells; a cell that runs then is interrupted, and the rest left out.
        checking_seconds: Time for the checks of all tasks.

    Yields:
        Sentences about the notebook as a whole.
    """
    try:
        found = read(Path(notebook))
    except Exception as error:  # nbformat raises whatever a broken file makes its parts raise
        Path(left, STARTED).touch()
        yield f"It is no notebook that can be read ({said(error)})."
        return
    checks = [
        CHECK.format(homework=homework, number=number, target=str(result_file(Path(left), number)))
        for number in range(1, tasks + 1)
    ]
    yield from run(found, seconds, checks, checking_seconds, Path(left, STARTED))


def read(path: Path) -> NotebookNode:
    """Return a notebook with the sources of a file's cells, and nothing else of it.

    What programs save beside the sources often breaks the format's rules, and none of it is run. Half a
    surrogate pair, which no kernel can be sent, is replaced.
    """
    content = path.read_bytes()
    text = content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig")
    cells = [
        nbformat.v4.new_code_cell(SURROGATE.sub(REPLACEMENT, "".join(cell["source"])))
        if cell["cell_type"] == "code"
        else nbformat.v4.new_markdown_cell()  # it counts, since cells are named by their place
        for cell in cells_of(text)
    ]
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=cells)
    return notebook


def cells_of(text: str) -> list[dict[str, Any]]:
    """Return the cells of a notebook's text; one of an older format is brought to today's.

    Raises:
        Exception: If it is no notebook; what it is depends on what is broken.
    """
    with suppress(json.JSONDecodeError):
        match json.loads(text):
            case {"cells": [*cells]}:
                return cells
    older: list[dict[str, Any]] = nbformat.reads(text, as_version=4).cells
    return older


def run(
    notebook: NotebookNode, seconds: float, checks: list[str], checking_seconds: float, started: Path
) -> Iterator[str]:
    """Run the cells in order until their time is over, then the checks; say what goes wrong.

    Once the kernel has started, a file says so: what goes wrong before is not the notebook's fault.
    """
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        kernel_manager_class=OwnPython,
        allow_errors=True,
        interrupt_on_timeout=True,
        error_on_timeout={"ename": "Timeout", "evalue": "", "traceback": []},
        extra_arguments=KERNEL,
    )
    with suppress(DeadKernelError), client.setup_kernel():
        started.touch()
        yield from chain(run_cells(client, seconds), run_checks(client, checks, checking_seconds))


def run_cells(client: NotebookClient, seconds: float) -> Iterator[str]:
    """Run the notebook's cells until their time is over, and say what goes wrong."""
    deadline = time.monotonic() + seconds
    exits: list[int] = []
    client.on_cell_executed = partial(note_exit, exits)
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
        if exits:
            yield f"Cell {index + 1} ended the kernel."
            return


def note_exit(exits: list[int], cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
    """Note a cell that called `exit()`, as its reply says."""
    payload = execute_reply["content"].get("payload", [])
    exits += [cell_index for each in payload if each.get("source") == "ask_exit"]


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


def main(request: dict[str, Any]) -> None:
    """Grade as asked for, and write the problems."""
    problems: list[str] = []
    try:
        for problem in grade(**request):
            problems.append(problem)
    except Exception as error:  # what a kernel sends can make its client raise anything
        if not Path(request["left"], STARTED).exists():
            raise SystemExit(said(error)) from None  # after what the kernel has said
        problems.append(f"It could not be run to its end ({said(error)}).")
    sentences = [cleaned(each, LONGEST) for each in problems[:MOST]]
    atomic_write(Path(request["left"], PROBLEMS), json.dumps(sentences))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

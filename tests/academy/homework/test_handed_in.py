"""What students hand in, as their programs save it and their platforms pack it, is read and told apart."""

import json
import subprocess
import sys
from pathlib import Path

import homework_notebooks
import nbformat
import pytest
from academy.homework import grading, report, worker
from academy.lessons.lesson1.homework import homework

CODE = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": "x = 1"}
PROSE = {"cell_type": "markdown", "metadata": {}, "source": "words"}
WHOLE = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [PROSE, CODE]}
SAVED = {
    "as it should be": WHOLE,
    "a stream without name": WHOLE
    | {"cells": [PROSE, CODE | {"outputs": [{"output_type": "stream", "text": "1"}]}]},
    "an output of no known type": WHOLE | {"cells": [PROSE, CODE | {"outputs": [{"output_type": "html"}]}]},
    "ids in minor 4": WHOLE | {"nbformat_minor": 4, "cells": [PROSE, CODE | {"id": "a"}]},
    "outputs on a markdown cell": WHOLE | {"cells": [PROSE | {"outputs": []}, CODE]},
    "lines in a list": WHOLE | {"cells": [PROSE, CODE | {"source": ["x", " = 1"]}]},
    "cells and nothing else": {
        "cells": [{"cell_type": "raw", "source": ""}, {"cell_type": "code", "source": "x = 1"}]
    },
    "an older format": {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": [
            {
                "metadata": {},
                "cells": [
                    PROSE,
                    {"cell_type": "code", "input": "x = 1", "language": "python", "outputs": []},
                ],
            }
        ],
    },
}


def sources(path):
    return [cell.source for cell in worker.read(path).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
def test_a_notebook_is_its_cells_whatever_else_a_program_saved(tmp_path, saved):
    path = tmp_path / "homework1.ipynb"
    path.write_text(json.dumps(saved))
    assert sources(path) == ["x = 1"]
    assert len(worker.read(path).cells) == 2, "cells are named by their place"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_notebook_is_read_in_the_encodings_that_editors_write(tmp_path, encoding):
    path = tmp_path / "homework1.ipynb"
    text = json.dumps(WHOLE | {"cells": [CODE | {"source": "größe = 1"}]}, ensure_ascii=False)
    path.write_text(text, encoding=encoding)
    assert sources(path) == ["größe = 1"]


@pytest.mark.parametrize("cell", [1, {}, {"cell_type": "code"}, {"source": "x = 1"}])
def test_what_is_no_cell_is_refused(tmp_path, cell):
    path = tmp_path / "homework1.ipynb"
    path.write_text(json.dumps(WHOLE | {"cells": [cell]}))
    with pytest.raises((KeyError, TypeError)):
        worker.read(path)


CLASS = {
    "ana_1_assign/homework1.ipynb": "ana_1_assign/homework1.ipynb",
    "ben_2_assign/homework1.ipynb": "ben_2_assign/homework1.ipynb",
    "cem/late/HOMEWORK1.IPYNB": "HOMEWORK1.IPYNB",
    "dana.ipynb": "dana.ipynb",
}
ASIDE = [
    "._dana.ipynb",
    "__MACOSX/._dana.ipynb",
    "__MACOSX/dana.ipynb",
    "ana_1_assign/.ipynb_checkpoints/homework1-checkpoint.ipynb",
    ".hidden/homework1.ipynb",
    "ben_2_assign/notes.txt",
]


def test_a_class_as_a_platform_packs_it_is_a_row_a_student(tmp_path):
    for name in [*CLASS, *ASIDE]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    found = grading.notebooks_in([tmp_path])
    assert sorted(path.relative_to(tmp_path).as_posix() for path in found) == sorted(CLASS)
    names = report.names_of(found)
    assert {path.relative_to(tmp_path).as_posix(): name for path, name in names.items()} == CLASS


def test_the_kernel_is_of_this_python_whatever_is_registered_under_its_name(tmp_path, monkeypatch):
    kernel = tmp_path / "kernels/python3/kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": ["another-python"], "display_name": "Another"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert worker.OwnPython(kernel_name="python3").kernel_spec.argv[0] == sys.executable


@pytest.fixture
def notebook(tmp_path):
    """A notebook that solves the first task."""
    path = tmp_path / "handed-in" / "homework1.ipynb"
    path.parent.mkdir()
    solved = homework_notebooks.notebook(
        ["def parameters_of(widths):\n    return sum((m + 1) * k for m, k in zip(widths, widths[1:]))"]
    )
    nbformat.write(solved, path)
    return path


@pytest.mark.slow
def test_a_kernel_that_does_not_start_is_the_graders_fault_and_says_why(tmp_path, notebook, monkeypatch):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "ipykernel_launcher.py").write_text("raise SystemExit('planted: no kernel today')")
    monkeypatch.syspath_prepend(str(broken))
    grade = grading.grade(homework, grading.handed_in(notebook), 60, 4)
    assert "planted: no kernel today" in grade.fault
    assert grade.sentence.startswith("The grader failed: ")


def test_a_machine_without_room_is_the_graders_fault(notebook, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    grade = grading.grade(homework, grading.handed_in(notebook), 60, 4)
    assert "No space left on device" in grade.fault
    assert grade.score == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to print to")
@pytest.mark.slow
def test_grades_that_cannot_be_printed_end_with_the_status_of_a_fault(tmp_path):
    command = [Path(sys.executable).parent / "academy", "check", "homework1", tmp_path / "gone.ipynb"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert (
        "The grader itself failed: the grades could not be printed (No space left on device)." in done.stderr
    )
    assert "Traceback" not in done.stderr

"""A notebook that goes wrong, by accident or as a prank, costs nobody else a grade."""

import json
import os
import subprocess
import sys
from pathlib import Path

import homework_notebooks
import nbformat
import psutil
import pytest
from academy.homework import report
from academy.homework.grading import Grade

pytestmark = pytest.mark.slow

COMMAND = Path(sys.executable).parent / "academy"
RIGHT = "def parameters_of(widths):\n    return sum((m + 1) * k for m, k in zip(widths, widths[1:]))"
SABOTAGE = """
import os, pathlib, subprocess, sys
startup = pathlib.Path(get_ipython().profile_dir.startup_dir, "00-prank.py")
startup.write_text("import os; os._exit(1)")
pathlib.Path(FOLDER, "d-honest.ipynb").unlink()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        pathlib.Path(FOLDER, "pid").write_text(str(os.getpid()))
        os.execvp("sleep", ["sleep", "1000"])
    os._exit(0)
os.wait()
"""
FORGERY = """
from academy.homework.tasks import Homework

honest = Homework.write

def forged(self, number, target):
    if number == 1:
        honest(self, number, target)
    elif number == 2:
        open(target, "w").write('{"number": 2, "title": "x", "findings": [{"bogus": 1}]}')
    elif number == 3:
        os.mkfifo(target)

Homework.write = forged
raise ValueError("\\x1b[2J\\x1b]0;owned\\x07 7 of 7")
"""
SURROGATE = "def parameters_of(widths):\n    raise ValueError('\\ud800 x')"
KILLER = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"


def academy(*arguments, **environment):
    """Run the command as a teacher does whose terminal knows ASCII alone."""
    kept = {name: value for name, value in os.environ.items() if name != "ACADEMY_BOOK"}
    environment = kept | {"COLUMNS": "160", "PYTHONIOENCODING": "ascii"} | environment
    return subprocess.run([COMMAND, "check", *arguments], capture_output=True, env=environment, check=False)


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory):
    """A folder in which hostile notebooks are graded before an honest one."""
    folder = tmp_path_factory.mktemp("class")
    place = f"FOLDER = {str(folder)!r}"
    cells = {
        "a-saboteur": [RIGHT, place, SABOTAGE, FORGERY],
        "b-killer": [KILLER],
        "c-half": [
            SURROGATE,
            "note = 'HALF'",
            "print('\\ud83d')",
            "raise ValueError('\\udfff')",
            "exit()",
            "parameters_of = None",
        ],
        "d-honest": [RIGHT],
    }
    for name, sources in cells.items():
        text = nbformat.writes(homework_notebooks.notebook(sources))
        (folder / f"{name}.ipynb").write_text(text.replace("HALF", "\\ud83d"))
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The teacher's home."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def grades(class_folder, home, tmp_path_factory):
    """What the command says of the folder."""
    temporary = tmp_path_factory.mktemp("temporary")
    done = academy("homework1", class_folder, "--json", HOME=str(home), TMPDIR=str(temporary))
    assert done.returncode == 1, done.stderr
    left = {path.name for path in temporary.iterdir()}
    assert {name for name in left if not name.startswith("torchinductor")} == set()  # the command's own
    return {Path(grade["notebook"]).stem: grade for grade in json.loads(done.stdout)}


def test_an_honest_notebook_is_graded_as_if_alone(grades):
    assert grades["d-honest"]["score"] == 1
    assert grades["d-honest"]["problems"] == []


def test_nothing_of_a_notebook_is_left(grades, class_folder, home):
    assert not psutil.pid_exists(int((class_folder / "pid").read_text()))
    assert [path for path in home.rglob("*") if "ipython" in path.name or "jupyter" in path.name] == []


def test_results_that_a_notebook_wrote_itself_are_sentences_of_its_own(grades):
    grade = grades["a-saboteur"]
    assert grade["sentence"] == "Cell 4 raised ValueError: \ufffd[2J\ufffd]0;owned\ufffd 7 of 7."
    assert grade["problems"][1:] == [
        "What the check of task 2 left cannot be read: a finding in it has not the parts of one.",
        "What the check of task 3 left cannot be read: 3.json is no regular file.",
    ]
    assert grade["score"] == 1


def test_one_that_ends_the_program_that_runs_it_has_a_sentence(grades):
    assert grades["b-killer"]["sentence"] == "The program that ran it ended before all was checked."


def test_half_a_surrogate_pair_can_be_in_a_source_an_output_and_an_error(grades):
    assert grades["c-half"]["problems"] == ["Cell 4 raised ValueError: \ufffd.", "Cell 5 ended the kernel."]
    assert "ValueError: \ufffd x" in grades["c-half"]["tasks"][0]["findings"][0]["text"]


def test_any_name_and_any_terminal_has_its_table(tmp_path):
    names = [b"caf\xe9.ipynb", b"\x1b[2J:x:[red].ipynb"]
    done = academy("homework1", *names)
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout + done.stderr
    rows = [
        line.replace("|", " ").split()
        for line in done.stdout.decode("ascii").splitlines()
        if ".ipynb" in line
    ]
    assert [row[0] for row in rows] == ["caf\\xe9.ipynb", "?[2J:x:[red].ipynb"]
    assert [row[4] for row in rows] == ["-------"] * 2


def test_json_is_valid_whatever_the_name():
    path = Path(os.fsdecode(b"class/caf\xe9.ipynb"))
    (listed,) = json.loads(report.as_json([Grade(path, [], ["✗"])]).encode("ascii"))
    assert listed["notebook"].encode("utf-8") == b"class/caf\\xe9.ipynb"
    assert listed["problems"] == ["✗"]

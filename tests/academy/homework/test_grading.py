"""`academy check` on notebooks of every kind: each gets a score and a sentence, and the next its turn."""

import json
import os
import subprocess
import sys
from pathlib import Path

import homework_notebooks
import nbformat
import pytest

pytestmark = pytest.mark.slow

COMMAND = Path(sys.executable).parent / "academy"
TASKS = 7


def academy(*arguments):
    """Run the command as a teacher does."""
    environment = {name: value for name, value in os.environ.items() if name != "ACADEMY_BOOK"}
    command = [COMMAND, "check", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment | {"COLUMNS": "160"}, check=False
    )


def save(folder, name, notebook):
    nbformat.write(notebook, folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A folder as a class hands it in."""
    folder = tmp_path_factory.mktemp("class")
    cells = {
        "raising": [FIRST, "1 / 0", "later = 1"],
        "hanging": [FIRST, "import time\nwhile True: time.sleep(1)", "later = 1"],
        "deaf": ["import time", DEAF],
        "hungry": ["held = []\nwhile True:\n    held.append(b'x' * 50_000_000)"],
        "leaving": [FIRST, "import os\nos._exit(0)"],
        "asking": [FIRST, "name = input('Your name? ')"],
        "other": ["print('a notebook about something else')"],
        "asleep": [FIRST, ASLEEP],
        "deadly": [FIRST, DEADLY],
        "cheating": [CHEAT, "print('Task 1, count the parameters: solved')"],
    }
    for name, sources in cells.items():
        save(folder, name, homework_notebooks.notebook(sources))
    solved = nbformat.writes(homework_notebooks.solved("homework1"))
    (folder / "truncated.ipynb").write_text(solved[: len(solved) // 2])
    (folder / "picture.ipynb").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    (folder / "list.ipynb").write_text("[1, 2]")
    (folder / "notes.txt").write_text("not looked at")
    return folder


FIRST = "def parameters_of(widths):\n    return sum((m + 1) * k for m, k in zip(widths, widths[1:]))"
DEAF = """
while True:
    try:
        time.sleep(1000)
    except KeyboardInterrupt:
        pass
"""
ASLEEP = """
import time
train = lambda *given, **more: time.sleep(1000)
"""
DEADLY = """
import os
train = lambda *given, **more: os._exit(0)
"""
CHEAT = "parameters_of = lambda widths: 3"


@pytest.fixture(scope="module")
def grades(handed_in):
    """What the command says of the folder as JSON, by the notebooks' names."""
    before = {path.name: path.read_bytes() for path in handed_in.iterdir()}
    limits = ["--seconds", "30", "--gigabytes", "1.5"]
    done = academy(
        "homework1", handed_in, "--json", "--jobs", "4", *limits
    )  # four, as two of them sleep a minute
    assert done.returncode == 1, done.stderr
    assert {path.name: path.read_bytes() for path in handed_in.iterdir()} == before
    found = {Path(grade["notebook"]).stem: grade for grade in json.loads(done.stdout)}
    assert [*found] == sorted(found), "in their order, whichever was done first"
    return found


@pytest.mark.parametrize(
    ("name", "score", "sentence"),
    [
        ("raising", 1, "Cell 2 raised ZeroDivisionError: division by zero."),
        ("hanging", 1, "It was stopped after 30 s, in cell 2."),
        ("deaf", 0, "It was stopped after 30 s, in cell 2."),
        ("hungry", 0, "It used more than 1.5 GB of memory, and was ended."),
        ("asleep", 1, "The check of task 2 was stopped after"),
        ("deadly", 1, "The check of task 2 ended the kernel."),
        ("leaving", 0, "Cell 2 ended the kernel."),
        ("asking", 1, "Cell 2 raised StdinNotImplementedError"),
        ("other", 0, "Task 1: `parameters_of` is missing."),
        ("cheating", 0, "Task 1: [2, 8, 1] has 33 parameters, yours says 3."),
        ("truncated", 0, "It is no notebook that can be read (NotJSONError"),
        ("picture", 0, "It is no notebook that can be read (UnicodeDecodeError"),
        ("list", 0, "It is no notebook that can be read ("),
    ],
)
def test_every_other_notebook_has_a_score_and_a_sentence(grades, name, score, sentence):
    assert grades[name]["score"] == score
    assert grades[name]["of"] == TASKS
    assert grades[name]["sentence"].startswith(sentence)


def test_a_check_that_hangs_loses_its_own_task_alone(grades):
    first = [task["findings"][-1]["text"] for task in grades["asleep"]["tasks"]]
    assert first[1] == "It could not be checked."
    assert first[2] == "`second_net` is missing."
    assert first[6] == "`deep_net` is missing."


def test_only_notebooks_of_the_folder_are_graded(grades, handed_in):
    assert len(grades) == len(list(handed_in.glob("*.ipynb")))


def test_a_folder_is_a_table_with_a_row_each(handed_in):
    done = academy("homework1", handed_in / "other.ipynb", handed_in / "list.ipynb", handed_in / "gone.ipynb")
    assert done.returncode == 1
    rows = [line for line in done.stdout.splitlines() if ".ipynb" in line]
    assert ["0 of 7" in row for row in rows] == [True] * 3
    assert "There is no such file." in rows[2]
    assert "Traceback" not in done.stdout + done.stderr


def test_one_notebook_is_a_table_of_its_tasks(handed_in):
    done = academy("homework1", handed_in / "asking.ipynb")
    assert "1 of 7" in done.stdout
    assert "✓ [2, 8, 8, 1] has 105" in " ".join(done.stdout.split())
    assert "`deep_net` is missing." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["homework99", "x.ipynb"], "there is no homework “homework99”, only: homework1"),
        (["homework1", "."], "there is no notebook in the folder"),
    ],
)
def test_what_cannot_be_graded_at_all_is_refused_in_a_sentence(arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = academy(*arguments)
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_a_notebook_of_many_megabytes_is_refused_unread(tmp_path):
    with (tmp_path / "giant.ipynb").open("wb") as file:
        file.truncate(10**12)
    done = academy("homework1", tmp_path, "--json")
    (grade,) = json.loads(done.stdout)
    assert grade["sentence"] == "It has 1000000 MB, and may have 50: clear its outputs."

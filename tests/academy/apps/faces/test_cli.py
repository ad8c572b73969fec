"""The command, as a reader types it."""

import os
import socket
import subprocess
import sys

import pytest
from academy.cli import app
from sites import ROOT
from typer.testing import CliRunner

pytestmark = pytest.mark.slow


def faces(*words):
    result = CliRunner().invoke(app, ["app", "faces", *map(str, words)])
    return result.exit_code, " ".join(result.output.replace("│", " ").split())


def test_a_run_that_is_not_there_is_a_sentence(tmp_path):
    code, said = faces("--folder", tmp_path, "--run", "nobody")
    assert code == 2
    assert "“nobody” cannot be used: there is no such folder" in said
    assert "Traceback" not in said


def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = faces("--port", port, "--folder", tmp_path)
    assert code == 2
    assert f"Port {port} cannot be used" in said


def test_an_export_holds_the_run_that_was_chosen_and_the_one_that_ships(tmp_path, runs):
    code, said = faces("--folder", runs, "--run", "early", "--export", tmp_path / "space")
    assert code == 0
    assert "hf upload" in said
    space = tmp_path / "space"
    for file in (runs / "early").iterdir():
        assert (space / "face-runs" / "early" / file.name).read_bytes() == file.read_bytes()
    assert not (space / "face-runs" / "late").exists()
    assert (space / "academy/lessons/lesson5/results/shipped/model.safetensors").is_file()
    assert not (space / "academy/lessons/lesson5/results/judge.safetensors").exists()
    assert "80 of 81 pictures in the folder “faces”" in (space / "README.md").read_text(encoding="utf-8")
    code, said = faces("--folder", runs, "--export", space)
    assert code == 2
    assert "already holds" in said


@pytest.mark.slow
def test_what_is_exported_shows_its_runs_away_from_here(tmp_path, runs):
    space = tmp_path / "space"
    assert faces("--folder", runs, "--run", "early", "--export", space)[0] == 0
    program = (
        "import academy.apps.page as page\n"
        "page.serve = lambda built, port, share: print('SERVED', built.title)\n"
        "import app, academy\n"
        "from pathlib import Path\n"
        "collection = app.Collection(Path('face-runs'), 'early')\n"
        "print(academy.__file__, collection.names)\n"
    )
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=space, env=variables, capture_output=True, text=True, check=False
    )
    assert "SERVED Faces on sliders" in done.stdout, done.stderr
    assert f"{space / 'academy/__init__.py'} ['early', 'lesson/5']" in done.stdout


@pytest.mark.slow
def test_the_module_is_the_command():
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "code")}
    done = subprocess.run(
        [sys.executable, "-m", "academy.apps.faces", "--run", "nobody"],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nobody" in done.stderr

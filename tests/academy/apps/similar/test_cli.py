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


def similar(*words):
    result = CliRunner().invoke(app, ["app", "similar", *map(str, words)])
    return result.exit_code, " ".join(result.output.replace("│", " ").split())


def test_a_folder_that_cannot_be_shown_is_a_sentence(tmp_path):
    code, said = similar("--folder", tmp_path)
    assert code == 2
    assert "Traceback" not in said
    assert similar("--folder", tmp_path / "nowhere")[0] == 2


def test_an_unknown_backbone_is_named_with_those_there_are(tmp_path):
    for words in (["--backbone", "vgg"], ["--backbone", "vgg", "--export", tmp_path / "space"]):
        code, said = similar(*words)
        assert code == 2
        assert "There is no backbone “vgg”" in said
        assert "efficientnet, pixels, resnet18" in said
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = similar("--port", port)
    assert code == 2
    assert f"Port {port} cannot be used" in said


def test_an_export_says_what_to_do_with_it_and_the_next_one_is_refused(tmp_path):
    code, said = similar("--export", tmp_path / "space", "--backbone", "pixels")
    assert code == 0
    assert "hf upload" in said
    assert "open_engine(None, ['pixels'])" in (tmp_path / "space/app.py").read_text()
    code, said = similar("--export", tmp_path / "space")
    assert code == 2
    assert "already holds" in said


def test_pictures_of_ones_own_are_not_exported(tmp_path):
    code, said = similar("--export", tmp_path / "space", "--folder", tmp_path)
    assert code == 2
    assert "stay on this machine" in said
    assert list(tmp_path.iterdir()) == []


def test_where_gradio_is_missing_it_says_what_to_install():
    done = python(
        "import sys; sys.modules['gradio'] = None; from academy.cli import app; app(['app', 'similar'])"
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    said = " ".join(done.stderr.replace("│", " ").split())
    assert "the app needs gradio, which is not installed: pip install gradio" in said


def test_other_commands_load_neither_torch_nor_gradio():
    done = python("import sys, academy.cli; print({'torch', 'gradio'} & set(sys.modules))")
    assert done.stdout == "set()\n"


def python(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process that has loaded nothing yet."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "code")}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

"""The command, as a reader types it."""

import os
import re
import socket
import subprocess
import sys

import pytest
from academy.cli import app
from sites import ROOT
from typer.testing import CliRunner

pytestmark = pytest.mark.slow


def search(*words):
    result = CliRunner().invoke(app, ["app", "search", *map(str, words)])
    return result.exit_code, " ".join(result.output.replace("│", " ").split())


def test_a_folder_that_cannot_be_shown_is_a_sentence(tmp_path):
    code, said = search("--folder", tmp_path)
    assert code == 2
    assert "holds no picture" in said
    assert "Traceback" not in said
    assert search("--folder", tmp_path / "nowhere")[0] == 2


def test_an_unknown_model_is_named_with_what_there_is(tmp_path):
    for words in (["--model", "vgg"], ["--model", "vgg", "--export", tmp_path / "space"]):
        code, said = search(*words)
        assert code == 2
        assert "There is no model “vgg”" in said
        assert "open_clip:NAME:PRETRAINED" in said
    code, said = search("--model", "open_clip:ViT-B-23")
    assert code == 2
    assert "OpenCLIP has no weights for “ViT-B-23”" in said
    assert "ViT-B-32" in said
    assert list(tmp_path.iterdir()) == []


def test_weights_that_cannot_be_had_end_it_with_3(monkeypatch):
    monkeypatch.setenv("ACADEMY_OFFLINE", "1")
    code, said = search("--model", "open_clip:ViT-B-32")
    assert code == 3
    assert "The weights open_clip:ViT-B-32:laion2b_s34b_b79k come from the Hugging Face hub" in said


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = search("--port", port)
    assert code == 2
    assert f"Port {port} cannot be used" in said


def test_pictures_of_ones_own_are_not_exported(tmp_path):
    code, said = search("--export", tmp_path / "space", "--folder", tmp_path)
    assert code == 2
    assert "stay on this machine" in said
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """The app with the towers of Lesson 8, exported."""
    folder = tmp_path_factory.mktemp("exported") / "space"
    code, said = search("--export", folder)
    assert code == 0
    assert "hf upload" in said
    return folder


def test_an_export_holds_the_towers_and_what_they_were_asked_long_ago_and_no_more(space):
    results = space / "academy/lessons/lesson8/results"
    assert {file.name for file in results.iterdir()} == {
        "clip.safetensors",
        "pair_basis.safetensors",
        "pair_vectors.safetensors",
    }
    held = {file.relative_to(space).as_posix() for file in space.rglob("*") if file.is_file()}
    assert {"academy/apps/search/page.py", "academy/nets/minilm.py", "academy/assets/registry.toml"} <= held
    assert not [
        each for each in held if re.search(r"apps/similar|apps/faces|homework|cli[.]py|open_clip", each)
    ]
    packages = (space / "requirements.txt").read_text(encoding="utf-8")
    assert {"torch", "gradio", "transformers"} <= set(re.findall(r"^[\w-]+", packages, re.MULTILINE))
    assert "open" not in packages
    code, said = search("--export", space)
    assert code == 2
    assert "already holds" in said


def test_the_card_says_what_is_fetched_under_which_license(space):
    card = (space / "README.md").read_text(encoding="utf-8")
    for said in ("Apache-2.0", "CC-BY-4.0", "CC-BY-SA-4.0", "MiniLM", "MIT License", "## Limits"):
        assert said in card


def test_an_export_with_published_towers_names_them(tmp_path):
    assert search("--export", tmp_path / "space", "--model", "open_clip:ViT-B-16")[0] == 0
    program = (tmp_path / "space/app.py").read_text(encoding="utf-8")
    assert "open_engine(None, lambda: OpenClip('ViT-B-16', 'laion2b_s34b_b88k'))" in program
    assert "open_clip_torch>=" in (tmp_path / "space/requirements.txt").read_text(encoding="utf-8")
    assert "ViT-B-16 laion2b_s34b_b88k" in (tmp_path / "space/README.md").read_text(encoding="utf-8")


PROGRAM = """
from pathlib import Path
import academy
from academy.apps import page
from academy.apps.pictures import index, references
from academy.apps.search import page as searching
from academy.data.emoji import all_emoji

few = all_emoji()[::300]
references.all_emoji = lambda: few
index.cache_folder = lambda: Path("indexes")
made = []
build = searching.build
searching.build = lambda engine: made.append(engine) or build(engine)
page.serve = lambda built, port, share: print("SERVED", built.title)
import app
(engine,) = made
(best,) = engine.nearest(engine.model.texts([few[2].name])[0], 1)
print(academy.__file__, engine.count, best.name)
"""


def test_what_is_exported_finds_emoji_away_from_here(space):
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=space,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "SERVED Find pictures by words" in done.stdout, done.stderr
    assert f"{space / 'academy/__init__.py'} " in done.stdout


def test_the_module_is_the_command():
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "code")}
    done = subprocess.run(
        [sys.executable, "-m", "academy.apps.search", "--model", "nobody"],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nobody" in done.stderr

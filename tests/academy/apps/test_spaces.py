"""A folder for Hugging Face Spaces: it holds what the app needs and no more, and runs away from here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from academy.apps.similar.space import space
from academy.apps.spaces import LONGEST_DESCRIPTION, NotEmpty, export
from academy.assets.settings import cache_folder
from academy.data.emoji import all_emoji
from colab.environment import environment, linked
from gradio_client import Client, handle_file
from PIL import Image, ImageDraw
from sites import ROOT

LOOPBACK = ROOT / "tests" / "loopback"


def files(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture
def exported(tmp_path):
    export(space(["efficientnet", "pixels"]), tmp_path / "deep/space")
    return tmp_path / "deep/space"


@pytest.mark.slow
def test_the_card_begins_with_what_spaces_asks_for(exported):
    _, settings, card = (exported / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    settings = yaml.safe_load(settings)
    assert settings["sdk"] == "gradio"
    assert re.fullmatch(r"6\.\d+\.\d+", settings["sdk_version"])
    assert settings["python_version"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert (exported / settings["app_file"]).is_file()
    assert settings["license"] == "mit"
    assert 0 < len(settings["short_description"]) <= LONGEST_DESCRIPTION == 60
    assert {"title", "emoji", "colorFrom", "colorTo", "pinned"} < set(settings)
    for said in ("Apache-2.0", "CC-BY-4.0", "CC-BY-SA-4.0", "MIT License", "## Limits", "ImageNet"):
        assert said in card
    assert "Permission is hereby granted" in (exported / "LICENSE").read_text(encoding="utf-8")


def test_it_holds_the_modules_that_the_app_imports_with_their_tables_and_no_other(exported):
    held = files(exported)
    assert {"academy/apps/page.py", "academy/nets/pretrained.py", "academy/assets/registry.toml"} <= held
    assert {"academy/data/emoji_kinds.toml", "academy/assets/sources/kinds.py"} <= held
    assert not [each for each in held if re.search("lessons|competitions|homework|cli|spaces", each)]


@pytest.mark.slow
def test_the_requirements_are_loose_and_name_no_host(exported):
    lines = (exported / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w-]+>=[\d.]+,<\d+", line) for line in lines), lines
    assert {"torch", "gradio", "pillow"} <= {line.split(">")[0] for line in lines}


@pytest.mark.slow
def test_weights_that_are_not_used_are_not_licensed(tmp_path):
    export(space(["pixels"]), tmp_path / "space")
    assert "EfficientNet" not in (tmp_path / "space/README.md").read_text(encoding="utf-8")


def test_what_is_there_stays(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(NotEmpty, match=r"already holds thesis\.tex, which stays as it is"):
        export(space(["pixels"]), tmp_path)
    with pytest.raises(NotEmpty, match="is a file"):
        export(space(["pixels"]), tmp_path / "thesis.tex")
    assert files(tmp_path) == {"thesis.tex"}


def test_an_export_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("academy.apps.spaces.copy_module", full)
    with pytest.raises(OSError, match="No space left"):
        export(space(["pixels"]), tmp_path / "space")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_it_runs_in_an_environment_that_has_its_requirements_and_nothing_else(tmp_path):
    folder = tmp_path / "space"
    export(space(["pixels"]), folder)
    names = [
        line.split(">")[0] for line in (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    ]
    python = environment(tmp_path / "environment", linked(tmp_path / "packages", names)) / "bin/python"
    all_emoji()  # they come from a cache, not through the wall around the app
    variables = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "ACADEMY_CACHE": str(cache_folder()),
        "PYTHONPATH": str(LOOPBACK),
        "PYTHONUNBUFFERED": "1",
    }
    asking = {"env": variables, "text": True, "capture_output": True, "check": False}
    asked = [python, "-c", "import academy; print(academy.__file__)"]
    assert "No module named 'academy'" in subprocess.run(asked, cwd=tmp_path, **asking).stderr
    found = subprocess.run(asked, cwd=folder, **asking).stdout
    assert Path(found.strip()) == folder / "academy/__init__.py"

    program = [python, "app.py"]
    with subprocess.Popen(
        program, cwd=folder, env=variables, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as app:
        try:
            address = first_address(app)
            answer = Client(address, verbose=False).predict(
                handle_file(red_circle(tmp_path)), 3, ["pixels"], api_name="/similar"
            )
        finally:
            app.terminate()
    assert len(re.findall(r'class="score">cosine 0\.\d\d', answer)) == 3
    assert "red circle" in answer


def first_address(app: subprocess.Popen) -> str:
    """Read what a program says until it names its address."""
    said = []
    for line in app.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found[0]
    pytest.fail(f"the app ended: {''.join(said)[-3000:]}")


def red_circle(folder: Path) -> Path:
    picture = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(picture).ellipse((10, 10, 190, 190), fill=(221, 46, 68))
    picture.save(folder / "circle.png")
    return folder / "circle.png"

"""What tests of the app share: folders of runs, and a face to bring."""

from pathlib import Path

import pytest
from academy.lessons.lesson5.runs import write_run
from face_runs import small_pictures, small_run
from PIL import Image, ImageDraw


@pytest.fixture
def runs(tmp_path) -> Path:
    """A folder with two runs, ``early`` and ``late``, the second made a day after the first."""
    folder = tmp_path / "face-runs"
    for name, day in (("late", 28), ("early", 27)):
        run = small_run(made=f"2026-11-{day}T10:00:00+00:00")
        write_run(folder, name, run, small_pictures())
    return folder


@pytest.fixture
def face(tmp_path, monkeypatch) -> Path:
    """A picture that was uploaded: a face of two colors, wider than it is high."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    picture = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(picture).ellipse((40, 10, 80, 70), fill="sienna")
    picture.save(tmp_path / "face.png")
    return tmp_path / "face.png"

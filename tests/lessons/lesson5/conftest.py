"""What the tests of Lesson 5 share: a few faces, and a place of their own for what is trained."""

from pathlib import Path

import pytest
import torch
from academy.lessons.lesson5 import training
from academy.lessons.lesson5.faces import Faces, FaceSplit, face_split
from academy.lessons.lesson5.runs import FaceRun, write_run
from face_runs import small_pictures, small_run


@pytest.fixture(scope="session")
def few() -> FaceSplit:
    """Enough faces for two batches, and some to measure on."""
    split = face_split()
    return FaceSplit(split.train.part(0, 128), split.validation.part(0, 40), split.test.part(0, 40))


@pytest.fixture
def own_checkpoints(tmp_path, monkeypatch):
    """Let no test find what an earlier training has left."""
    monkeypatch.setattr(training, "cache_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def faces(few) -> Faces:
    return few.train


@pytest.fixture(scope="session")
def face_run() -> FaceRun:
    return small_run()


@pytest.fixture(scope="session")
def run_pictures() -> dict[str, torch.Tensor]:
    return small_pictures()


@pytest.fixture
def run_folder(tmp_path, face_run, run_pictures) -> Path:
    """A run on disk, for a test to damage."""
    return write_run(tmp_path / "runs", "faces", face_run, run_pictures)

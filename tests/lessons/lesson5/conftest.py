"""What the tests of Lesson 5 share: a few faces, and a place of their own for what is trained."""

import pytest
from academy.lessons.lesson5 import training
from academy.lessons.lesson5.faces import Faces, FaceSplit, face_split


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

"""The run of drawn faces that comes with the package, so that the app starts at once on any machine."""

from functools import cache

from academy.lessons.lesson5.runs import LARGEST, FaceRun, read_run
from academy.lessons.lesson5.weights import RESULTS

FOLDER = RESULTS / "shipped"
"""What ``train_shipped.py`` left."""
FILES = tuple(FOLDER / name for name in LARGEST)


@cache
def shipped_run() -> FaceRun:
    """Give a variational autoencoder of drawn faces, trained ten times as long as the lesson's."""
    return read_run(FOLDER)

"""What a notebook has for itself while it runs: folders that nobody had before, and nobody has afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib

from academy.assets.settings import CACHE_VARIABLE, cache_folder
from academy.book import BOOK_VARIABLE

ELSEWHERE = ("IPYTHON", "JUPYTER", "XDG_", "PYTHONSTARTUP", "PYTHONUSERBASE")
"""How variables begin that name the grader's own folders and files; without them, all is below ``HOME``."""


class Surroundings:
    """Folders for one notebook.

    Args:
        place: An empty folder, under which they are made.
    """

    def __init__(self, place: Path) -> None:
        self.work, self.home, self.temporary, self.left = (
            place / name for name in ("work", "home", "tmp", "left")
        )
        for folder in (self.work, self.home, self.temporary, self.left):
            folder.mkdir()

    def environment(self) -> dict[str, str]:
        """Return the environment variables: own folders, and the grader's modules, assets and settings."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name != BOOK_VARIABLE and not name.startswith(ELSEWHERE)
        }
        return kept | {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "MPLCONFIGDIR": str(self.fonts()),
            CACHE_VARIABLE: str(cache_folder()),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),  # some may lie below the real home
            "PIP_USER": "1",  # what a cell installs comes below the own home, or not at all
        }

    def fonts(self) -> Path:
        """Make Matplotlib's folder, with the list of fonts if there is one: a new one takes seconds."""
        folder = self.home / "matplotlib"
        folder.mkdir()
        for fonts in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
            shutil.copy(fonts, folder)
        return folder


@contextmanager
def own_surroundings() -> Iterator[Surroundings]:
    """Give folders, and remove them afterwards with whatever is in them."""
    place = Path(tempfile.mkdtemp())
    try:
        yield Surroundings(place)
    finally:
        # Python's own removal raises where folders lie a thousand deep.
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, str(place)], stderr=subprocess.DEVNULL, check=False)

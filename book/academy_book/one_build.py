"""One build at a time in a folder: a second one waits, and says so.

The environment, the execution cache and the pages are files that Sphinx and others write in place; two
builds at once would read each other's halves.
"""

from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

logger = logging.getLogger(__name__)

LOCK = ".lock"
WAITING = "Another build is at work in {folder}: this one begins when that has ended."


def take(folder: Path, say: Callable[[str], object]) -> FileLock:
    """Take the folder that builds write to, once no other build has it.

    Args:
        folder: Where the site, the environment and the caches lie; made where it is not there.
        say: Prints a sentence, before waiting.

    Returns:
        What keeps the folder until it is released or the process ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(WAITING.format(folder=folder))
        lock.acquire()
    return lock


class Turn:
    """The time in which a build has its folder to itself."""

    lock: FileLock

    def take(self, app: Sphinx, config: Config) -> None:
        """Take the build's folder, before the environment is loaded."""
        self.lock = take(Path(app.outdir).parent, logger.info)

    def give_back(self, app: Sphinx, exception: Exception | None) -> None:
        """Let the next build begin."""
        self.lock.release()

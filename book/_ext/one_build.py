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
from sphinx.util.typing import ExtensionMetadata

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


def begin(app: Sphinx, config: Config) -> None:
    """Take the build's folder, before the environment is loaded, and give it back at the end."""
    lock = take(Path(app.outdir).parent, logger.info)
    app.connect("build-finished", lambda app, exception: lock.release(), priority=1100)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the lock, first of all that touches the folder."""
    app.connect("config-inited", begin, priority=0)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

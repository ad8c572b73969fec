"""Where an asset arrives: a folder of its own, out of which only verified files are taken."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from academy.assets import settings
from academy.assets.folders import is_inside, make_folder
from academy.assets.progress import bar
from academy.assets.registry import Asset

ARRIVING = ".arriving"
FILES = "files"
SCRATCH = "scratch"


@contextmanager
def arriving(asset: Asset) -> Iterator[tuple[Path, Path]]:
    """Give two empty folders, for what arrives and for scratch, and clear them away afterwards."""
    place = settings.cache_folder() / ARRIVING / asset.name
    make_folder(place)
    clear(place)  # left by a process that was killed
    try:
        for part in (FILES, SCRATCH):
            (place / part).mkdir(parents=True)
        with bar(asset, place):
            yield place / FILES, place / SCRATCH
    finally:
        clear(place)


def clear(place: Path) -> bool:
    """Remove what a fetch left in its arrival folder, and the folder if nothing else is in it.

    Returns:
        Whether the folder is gone.
    """
    for part in (FILES, SCRATCH):
        if is_inside(place / part):
            shutil.rmtree(place / part, ignore_errors=True)
    with suppress(OSError):
        place.rmdir()
    return not place.exists()

"""A bar while an asset arrives, where somebody watches: on a terminal and in a notebook."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from academy.assets.folders import size
from academy.assets.registry import Asset
from academy.book import in_book

PAUSE = 0.1
"""Seconds between two looks."""


@contextmanager
def bar(asset: Asset, place: Path) -> Iterator[None]:
    """Show how many of an asset's bytes have arrived.

    Each client writes into the asset's arrival folder, so the bar watches that folder and needs
    nothing from the client.

    Args:
        asset: What arrives.
        place: The folder it arrives in.
    """
    if not is_watched():
        yield
        return
    from tqdm import tqdm  # type: ignore[import-untyped]

    done = threading.Event()
    with tqdm(total=asset.bytes, desc=asset.name, unit="B", unit_scale=True, leave=False) as shown:

        def watch() -> None:
            while not done.wait(PAUSE):
                shown.n = min(size(place), asset.bytes)
                shown.refresh()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def is_watched() -> bool:
    """Tell whether somebody looks at what is printed."""
    return sys.stderr.isatty() or (in_notebook() and not in_book())


def in_notebook() -> bool:
    """Tell whether this is the kernel of a notebook."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")

"""A page or deck that left leaves the site too, with all that was made of it.

`written.json` lists what builds have written into the site, each file with its size and time. When a page of
the last build is no longer there, all of it goes and every page is written anew, which executes nothing. So
nothing need be known of what a page is made into. A file that somebody else put into the site or changed
there is not as a build wrote it: it stays.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from academy.atomic import atomic_write
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from academy_book import decks

logger = logging.getLogger(__name__)

LISTING = "written.json"
FILLED_EARLY = "_static"
"""The folder that extensions fill before it is known which pages there are; nothing of a page lies there."""

State = dict[str, list[int]]
"""Size in bytes and time in seconds of each file of a site, by its name in the site."""


def state(site: Path) -> State:
    """Return the state of all files that lie in a site."""
    found = {}
    for folder, _, names in os.walk(site):
        for path in (Path(folder, name) for name in names):
            with suppress(FileNotFoundError):  # somebody has just deleted it
                seen = path.lstat()
                found[path.relative_to(site).as_posix()] = [seen.st_size, int(seen.st_mtime)]
    return found


def listing(site: Path) -> dict[str, Any]:
    """Return what the builds so far have written: `pages` and decks by name, and the state of `files`."""
    path = site.parent / LISTING
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"pages": [], "files": {}}


@contextmanager
def recorded(site: Path) -> Iterator[None]:
    """List the files that are written meanwhile."""
    before = state(site)
    try:
        yield
    finally:
        record(site, before, listing(site)["pages"])


def record(site: Path, before: State, pages: list[str]) -> None:
    """Bring the listing up to date: with what is new since, without what is no longer as a build wrote it."""
    known = listing(site)["files"]
    files = {
        name: now for name, now in state(site).items() if now != before.get(name) or now == known.get(name)
    }
    atomic_write(site.parent / LISTING, json.dumps({"pages": pages, "files": files}, indent=1))


class Site:
    """A site that a build writes to; other builders, as that of the links, write none."""

    before: State | None = None

    def begin(self, app: Sphinx) -> None:
        """See what is there before this build."""
        if app.builder.format == "html":
            self.before = state(Path(app.outdir))

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """List what this build has written, whether it went well or not."""
        if self.before is not None:
            site = Path(app.outdir)
            earlier = listing(site)["pages"] if exception else []  # the next build must see what has left
            record(site, self.before, sorted(pages(app).union(earlier)))


def pages(app: Sphinx) -> set[str]:
    """Name the pages and decks there are."""
    return app.env.found_docs | decks.names(app)


def clear(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Where a page has left, delete what builds wrote, and have every page written."""
    site = Path(app.outdir)
    known = listing(site)
    departed = sorted(set(known["pages"]) - pages(app))
    if not departed or app.builder.format != "html":
        return []
    logger.info("%s left: the site is written anew", ", ".join(departed))
    for name, now in state(site).items():
        if now == known["files"].get(name) and FILLED_EARLY not in Path(name).parts:
            delete(site, Path(name))
    return sorted(env.found_docs)


def delete(site: Path, name: Path) -> None:
    """Delete a file of the site, and the folders that are empty without it."""
    (site / name).unlink(missing_ok=True)
    with suppress(OSError):
        for folder in list(name.parents)[:-1]:
            (site / folder).rmdir()

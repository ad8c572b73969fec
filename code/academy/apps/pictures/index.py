"""What is made of each picture of a reference set, once: features by each encoder, and a small copy.

Each lies on a shelf of its own, an SQLite file in the cache. Rows are written batch by batch, so a run that
was killed goes on where it was. A picture is read again when its stamp has changed, and computed again when
its bytes have; one that cannot be read keeps its sentence until then.
"""

import io
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import filelock
import torch
from PIL import Image
from tqdm import tqdm  # type: ignore[import-untyped]

from academy.apps.pictures.references import Reference, References
from academy.apps.pictures.shelf import Row, Shelf, opened_shelf, telling_disk_errors
from academy.assets.settings import cache_folder
from academy.data.picture_files import NoPictures
from academy.data.reading import Unreadable, read_picture

BATCH_SIZE = 32
"""Pictures that a network sees at once, and that a killed run may lose."""
PLACE = "similar"
"""The folder in the cache, called after the first of the apps; all share what lies there."""
COPY_SIDE = 192
"""Pixels along the longer side of a small copy."""


@dataclass(frozen=True)
class Index:
    """All pictures of a set that could be read, in memory."""

    references: Sequence[Reference]
    features: Mapping[str, torch.Tensor]
    """By the name of the encoder, shape (references, width), float32, of length 1."""
    copies: Sequence[bytes]
    """A small JPEG of each."""
    skipped: Sequence[str]
    """A sentence for each file or folder that could not be read."""


class Seen(NamedTuple):
    """A picture whose bytes were read."""

    stamp: str
    digest: str
    fault: str
    """Why it is no picture, as a sentence; nothing where it is one."""


class Maker(Protocol):
    """Makes something of pictures, to be kept."""

    @property
    def key(self) -> str:
        """Name all that the result depends on, besides the picture."""

    def prepare(self, picture: Image.Image) -> Any:
        """Take what is needed of a picture, so that the picture itself need not be kept."""

    def finish(self, prepared: Sequence[Any]) -> list[bytes]:
        """Make the values of a batch."""


class PictureEncoder(Protocol):
    """Turns pictures into features."""

    @property
    def key(self) -> str:
        """Name all that its features depend on, so that a file can be named after it."""

    def prepare(self, picture: Image.Image) -> torch.Tensor:
        """Take what it sees of a picture, in RGB."""

    def features(self, prepared: Sequence[torch.Tensor]) -> torch.Tensor:
        """Turn what was prepared into features, shape (count, width), float32, of length 1 or 0."""


@dataclass(frozen=True)
class Features:
    """Makes features."""

    encoder: PictureEncoder

    @property
    def key(self) -> str:
        """The encoder's."""
        return self.encoder.key

    def prepare(self, picture: Image.Image) -> torch.Tensor:
        """Resize."""
        return self.encoder.prepare(picture)

    def finish(self, prepared: Sequence[torch.Tensor]) -> list[bytes]:
        """Ask the network, and give float32 numbers as bytes."""
        return [row.numpy().tobytes() for row in self.encoder.features(prepared)]


class Copies:
    """Makes small copies, to be shown."""

    key = f"copies-{COPY_SIDE}"

    def prepare(self, picture: Image.Image) -> bytes:
        """Shrink."""
        small = picture.copy()
        small.thumbnail((COPY_SIDE, COPY_SIDE))
        target = io.BytesIO()
        small.save(target, "JPEG", quality=85, subsampling=0)
        return target.getvalue()

    def finish(self, prepared: Sequence[bytes]) -> list[bytes]:
        """Nothing is left to do."""
        return [*prepared]


class Bench:
    """A maker at work, with its shelf and what it made before."""

    def __init__(self, maker: Maker, shelf: Shelf) -> None:
        self.maker, self.shelf = maker, shelf
        self.rows = shelf.rows()
        self.made = {row.digest: row.value for row in self.rows.values() if row.value}
        self.prepared: dict[str, Any] = {}

    def knows(self, key: str, stamp: str) -> bool:
        """Tell whether a picture was seen in this state."""
        return key in self.rows and self.rows[key].stamp == stamp

    def keep(self, seen: Mapping[str, Seen]) -> None:
        """Make what was prepared, and write down a row for each picture that was seen."""
        if self.prepared:
            self.made.update(zip(self.prepared, self.maker.finish([*self.prepared.values()])))
            self.prepared.clear()
        rows = {
            key: Row(each.stamp, each.digest, b"" if each.fault else self.made[each.digest], each.fault)
            for key, each in seen.items()
        }
        self.shelf.put(rows)
        self.rows.update(rows)

    def forget_all_but(self, keys: Set[str]) -> None:
        """Remove the rows of pictures that have left."""
        self.shelf.drop(self.rows.keys() - keys)


def indexed(references: References, encoders: Mapping[str, PictureEncoder], progress: bool) -> Index:
    """Make what has not been made yet, and give all of it.

    Args:
        references: The set.
        encoders: Those whose features are wanted, by name.
        progress: Whether a bar is shown, where there is something to make.

    Raises:
        NoPictures: If no picture could be read.
        CacheError: If the index cannot be kept.
    """
    makers: list[Maker] = [Copies(), *map(Features, encoders.values())]
    place = cache_folder() / PLACE / references.shelf
    with only_one_process(place), ExitStack() as stack:
        benches = [
            Bench(maker, stack.enter_context(opened_shelf(place / f"{maker.key}.sqlite"))) for maker in makers
        ]
        faults = update(references.items, benches, progress)
    items = [each for each in references.items if each.key not in faults]
    skipped = [*references.closed, *faults.values()]
    if not items:
        raise NoPictures(f"None of the pictures could be read. {' '.join(skipped[:3])}")
    copies, *features = ([bench.rows[each.key].value for each in items] for bench in benches)
    return Index(items, {name: numbers(each) for name, each in zip(encoders, features)}, copies, skipped)


@contextmanager
def only_one_process(place: Path) -> Iterator[None]:
    """Keep every other process from writing the same shelves at the same time."""
    with telling_disk_errors(place):
        place.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(place / ".lock")
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            print("Another process is indexing the same pictures. Waiting for it to end.", file=sys.stderr)
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def update(items: Sequence[Reference], benches: Sequence[Bench], progress: bool) -> dict[str, str]:
    """Bring shelves up to date, batch by batch.

    Returns:
        For each picture that cannot be read, by its key, why.
    """
    stamps = {each.key: each.stamp() for each in items}
    for bench in benches:
        bench.forget_all_but(stamps.keys())
    new = [each for each in items if not all(bench.knows(each.key, stamps[each.key]) for bench in benches)]
    unread: dict[str, str] = {}
    title = f"Looking at {len(new):,} new pictures"
    with tqdm(total=len(new), desc=title, unit=" pictures", disable=not (progress and new)) as bar:
        for start in range(0, len(new), BATCH_SIZE):
            batch = new[start : start + BATCH_SIZE]
            look_at(batch, stamps, benches, unread)
            bar.update(len(batch))
    broken = {each.key: benches[0].rows[each.key].fault for each in items if each.key not in unread}
    return unread | {key: fault for key, fault in broken.items() if fault}


def look_at(
    batch: Sequence[Reference], stamps: Mapping[str, str], benches: Sequence[Bench], unread: dict[str, str]
) -> None:
    """Read pictures, one at a time in memory, and keep what is made of them.

    Args:
        batch: What to read.
        stamps: Taken before, by key: what changes from now on is read again the next time.
        benches: Who makes something of them.
        unread: Gets a sentence for each whose bytes cannot be had, by its key; the next time may be better.
    """
    seen = {}
    for reference in batch:
        try:
            content = reference.content()
        except Unreadable as error:
            unread[reference.key] = str(error)
            continue
        digest = sha256(content).hexdigest()
        fault = prepare(content, digest, reference.name, benches)
        seen[reference.key] = Seen(stamps[reference.key], digest, fault)
    for bench in benches:
        bench.keep(seen)


def prepare(content: bytes, digest: str, name: str, benches: Sequence[Bench]) -> str:
    """Prepare a picture for all who have not made anything of these bytes; return why it cannot be read."""
    wanting = [bench for bench in benches if digest not in bench.made and digest not in bench.prepared]
    if not wanting:
        return ""
    try:
        picture = read_picture(content, name)
    except Unreadable as error:
        return str(error)
    for bench in wanting:
        bench.prepared[digest] = bench.maker.prepare(picture)
    return ""


def numbers(values: Sequence[bytes]) -> torch.Tensor:
    """Read float32 numbers, one row a value."""
    return torch.frombuffer(bytearray().join(values), dtype=torch.float32).view(len(values), -1)

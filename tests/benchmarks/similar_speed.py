"""How long the app for similar pictures takes to index a folder and to answer; reported and not asserted.

Everything stands in a folder that is gone afterwards, the indexes included; the weights are fetched once.
"""

import io
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from academy.apps.pictures import index
from academy.apps.pictures.search import nearest
from academy.apps.similar.engine import Engine, open_engine
from academy.data.reading import read_picture
from PIL import Image
from torch.nn.functional import normalize

PICTURES = 10_000
PICTURES_FOR_NETWORK = 500
"""Enough to tell what each takes; all of them take minutes."""
SIZE = (320, 240)
WIDTH = 1_280
"""Features of EfficientNet-Lite0."""
COUNTS = (10_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000)
REPEATS = 7
TOUCHED = 100


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Take the best of several runs, as other work on the machine only ever slows one down."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def some_picture(chance: np.random.Generator) -> bytes:
    """Make a JPEG of soft spots, about as large as a photo of this size."""
    spots = Image.fromarray(chance.integers(0, 256, (12, 16, 3), dtype=np.uint8))
    soft = np.asarray(spots.resize(SIZE, Image.Resampling.BICUBIC), dtype=float)
    grainy = (soft + chance.normal(0, 8, soft.shape)).clip(0, 255).astype(np.uint8)
    target = io.BytesIO()
    Image.fromarray(grainy).save(target, "JPEG", quality=85)
    return target.getvalue()


def write_pictures(folder: Path, count: int) -> None:
    """Fill a folder, a hundred pictures a sub-folder."""
    chance = np.random.default_rng(0)
    for number in range(count):
        place = folder / f"{number // 100:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:05d}.jpg").write_bytes(some_picture(chance))


def time_indexing(folder: Path, backbone: str, count: int) -> Engine:
    """Index a folder, index it again, and index it after a few files have changed."""
    opened: list[Engine] = []

    def open_it() -> None:
        opened[:] = [open_engine(folder, [backbone], progress=False)]

    first, again = seconds(open_it), seconds(open_it)
    print(f"{backbone}: {count:,} pictures indexed in {first:.0f} s, {first / count * 1e3:.1f} ms each")
    print(f"{backbone}: opened again in {again:.2f} s")
    chance = np.random.default_rng(1)
    for path in sorted(folder.rglob("*.jpg"))[:TOUCHED]:
        path.write_bytes(some_picture(chance))
    print(f"{backbone}: {TOUCHED} changed files indexed and the rest opened in {seconds(open_it):.2f} s")
    return opened[0]


def time_answers(engine: Engine, backbone: str) -> None:
    """Answer for a picture of a camera's size, and for a neighbor."""
    picture = read_picture(some_picture(np.random.default_rng(2))).resize((4_000, 3_000))
    whole = seconds(lambda: engine.similar(picture, backbone, 10), REPEATS)
    after = seconds(lambda: engine.similar_to(0, backbone, 10), REPEATS)
    print(
        f"{backbone}: of {engine.count:,} pictures the ten most similar to one of 12 million pixels in "
        f"{whole * 1e3:.0f} ms, to one of the set in {after * 1e3:.0f} ms"
    )


def time_search() -> None:
    """Search in more and more vectors as wide as those of the network."""
    chance = torch.Generator().manual_seed(0)
    query = normalize(torch.randn(1, WIDTH, generator=chance))[0]
    for count in COUNTS:
        features = normalize(torch.randn(count, WIDTH, generator=chance))
        taken = seconds(lambda features=features: nearest(features, query, 10), REPEATS)
        print(f"search in {count:,} × {WIDTH:,} numbers: {taken * 1e3:.0f} ms")


def main() -> None:
    """Measure all of it."""
    print(f"{torch.get_num_threads()} threads")
    time_search()
    with TemporaryDirectory() as name:
        cache, few, all_of_them = (Path(name) / each for each in ("cache", "few", "all"))
        index.cache_folder = lambda: cache
        write_pictures(few, PICTURES_FOR_NETWORK)
        time_answers(time_indexing(few, "efficientnet", PICTURES_FOR_NETWORK), "efficientnet")
        write_pictures(all_of_them, PICTURES)
        time_answers(time_indexing(all_of_them, "pixels", PICTURES), "pixels")


if __name__ == "__main__":
    main()

"""How long the app that finds pictures by words takes to index a folder and to answer; not asserted.

What the network takes is measured on a few pictures, as all of them take minutes. The others are indexed by
their pixels, which stand in for vectors. Everything lies in a folder that is gone afterwards.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from academy.apps.pictures import index
from academy.apps.search.emoji_model import EmojiModel
from academy.apps.search.engine import Engine, open_engine
from academy.apps.search.query import Asked, query
from academy.apps.search.sorting import sort, table
from academy.apps.search.wordings import AS_WRITTEN, AVERAGED
from academy.data.reading import read_picture
from similar_speed import REPEATS, seconds, some_picture, write_pictures
from torch.nn import functional as F

PICTURES, PICTURES_FOR_NETWORK = 10_000, 200
CLASSES = ("animal", "plant", "person", "food", "vehicle", "building", "clothes", "tool", "sign", "weather")


class FromPixels(EmojiModel):
    """Makes vectors of pixels alone, as wide as those of the towers."""

    key = "pixels"

    def features(self, prepared: Sequence[torch.Tensor]) -> torch.Tensor:
        """Turn prepared pictures into unit vectors, shape (count, 384)."""
        small = F.adaptive_avg_pool2d(torch.stack([*prepared]).float(), (8, 16)).flatten(1)
        return F.normalize(small - small.mean(dim=1, keepdim=True))


def time_indexing(folder: Path, model: EmojiModel, count: int) -> Engine:
    """Index a folder, and open it again."""
    opened: list[Engine] = []

    def open_it() -> None:
        opened[:] = [open_engine(folder, lambda: model, progress=False)]

    first, again = seconds(open_it), seconds(open_it)
    print(f"{model.key}: {count:,} pictures indexed in {first:.0f} s, {count / first:.1f} a second")
    print(f"{model.key}: opened again in {again:.2f} s, once the towers are loaded", flush=True)
    return opened[0]


def time_answers(engine: Engine) -> None:
    """Search by words and by pictures, and sort the whole set."""
    model = engine.model
    photo = read_picture(some_picture(np.random.default_rng(2))).resize((4_000, 3_000))
    asked = {
        "by words": (Asked("a red fruit on a table", "", None), AS_WRITTEN),
        "by words less words": (Asked("a red fruit on a table", "apple", None), AS_WRITTEN),
        "by words in all templates": (Asked("red fruit", "", None), AVERAGED),
        "by a picture of 12 million pixels": (Asked("", "", photo), AS_WRITTEN),
    }
    for name, (parts, wording) in asked.items():
        taken = seconds(
            lambda parts=parts, wording=wording: engine.nearest(query(model, parts, wording).vector, 12),
            REPEATS,
        )
        print(f"{name}: the nearest 12 of {engine.count:,} in {taken * 1e3:.0f} ms")
    print(f"neighbors of one of them: {seconds(lambda: engine.neighbors(0, 12), REPEATS) * 1e3:.0f} ms")
    for wording, name in ((AS_WRITTEN, "as written"), (AVERAGED, "in all templates")):
        taken = seconds(
            lambda wording=wording: table(engine.files, sort(model, engine.features, CLASSES, wording)),
            REPEATS,
        )
        print(f"sorted into {len(CLASSES)} classes {name}, with the table: {taken * 1e3:.0f} ms")


def main() -> None:
    """Measure all of it."""
    print(f"{torch.get_num_threads()} threads")
    print(f"the towers are loaded in {seconds(EmojiModel, 2):.2f} s", flush=True)
    with TemporaryDirectory() as name:
        cache, few, all_of_them = (Path(name) / each for each in ("cache", "few", "all"))
        index.cache_folder = lambda: cache
        write_pictures(all_of_them, PICTURES)
        engine = time_indexing(all_of_them, FromPixels(), PICTURES)
        engine.model = EmojiModel()
        time_answers(engine)
        write_pictures(few, PICTURES_FOR_NETWORK)
        time_indexing(few, EmojiModel(), PICTURES_FOR_NETWORK)


if __name__ == "__main__":
    main()

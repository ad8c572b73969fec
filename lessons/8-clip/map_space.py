"""Pictures and texts of the test concepts on maps, by t-SNE and by UMAP; about a minute of one core."""

import time
from dataclasses import replace

import torch
from academy.learn.sweeps import Row, write_sweep
from academy.lessons.lesson8 import maps
from academy.lessons.lesson8.concepts import UNSEEN_STYLE, concept_split
from academy.lessons.lesson8.contrastive import trained
from academy.lessons.lesson8.gap import Placed, closed
from academy.lessons.lesson8.judging import placed
from academy.lessons.lesson8.shipped import SHIPPED, clip

KNOWN_STYLE = "noto"


def spaces() -> dict[str, Placed]:
    """Place the test concepts before training, and after it in a known and in the unseen style."""
    split, towers = concept_split(), clip()
    unseen = placed(towers, split.test, UNSEEN_STYLE)
    return {
        "untrained": placed(trained(replace(SHIPPED, steps=0)), split.test, KNOWN_STYLE),
        "known style": placed(towers, split.test, KNOWN_STYLE),
        "unseen style": unseen,
        "unseen style, closed": closed(unseen, placed(towers, split.train, UNSEEN_STYLE)),
    }


def mapped(space: str, both: Placed) -> list[Row]:
    """Map one space in both ways."""
    rows = []
    for method, way in (("t-SNE", maps.by_tsne), ("UMAP", maps.by_umap)):
        positions = way(both)
        rows.append(
            {
                "space": space,
                "method": method,
                "mixed": round(maps.mixed(positions), 4),
                "positions": [[round(number, 2) for number in point] for point in positions.tolist()],
            }
        )
    return rows


def main() -> None:
    """Map all spaces."""
    torch.set_num_threads(1)
    begin = time.perf_counter()
    rows = [row for space, both in spaces().items() for row in mapped(space, both)]
    settings = {"seeds": [maps.SEED], "pairs": len(concept_split().test), "known style": KNOWN_STYLE}
    print(write_sweep("lessons/lesson8/maps", settings, rows, time.perf_counter() - begin))


if __name__ == "__main__":
    main()

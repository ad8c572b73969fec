"""Twelve kinds told by linear classifiers from few examples; about 1 minute of one core.

They see vectors of the frozen backbone, or what the shipped picture tower makes of them. The penalty is
chosen by validation each time: 216 pictures, more than the examples of most rows, so the probe is
helped rather than hindered.
"""

import torch
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.concepts import SEEN_STYLES
from academy.lessons.lesson8.kind_towers import kind_towers
from academy.lessons.lesson8.kinds_apart import (
    KindPictures,
    kind_pictures,
    new_style,
    new_things,
    validation_pictures,
)
from academy.lessons.lesson8.probes import INVERSE_PENALTIES, probed

SHOTS = [1, 2, 4, 8, 16, 32, 84]
DRAWS = 10
VECTORS = ["backbone", "tower"]


@torch.no_grad()
def seen_through(pictures: KindPictures, vectors: str) -> KindPictures:
    """Give pictures as the backbone's vectors or as the tower's."""
    return (
        pictures
        if vectors == "backbone"
        else pictures._replace(vectors=kind_towers().pictures(pictures.vectors))
    )


def run(vectors: str, shots: int, draw: int) -> Row:
    """Fit classifiers on one draw of examples."""
    train, validation, things, style = (
        seen_through(each, vectors)
        for each in (kind_pictures("train", SEEN_STYLES), validation_pictures(), new_things(), new_style())
    )
    found = probed(train, validation, {"new things": things, "new style": style}, shots, draw)
    return {name: round(value, 4) for name, value in found.items()}


def main(workers: Workers) -> None:
    """Fit on all draws; with 84 examples of each kind there is one draw: all."""
    settings = {"seeds": list(range(DRAWS)), "shots": SHOTS, "penalties": INVERSE_PENALTIES}
    rows = [
        {"vectors": vectors, "shots": shots, "draw": draw}
        for vectors in VECTORS
        for shots in SHOTS
        for draw in range(1 if shots == SHOTS[-1] else DRAWS)
    ]
    sweep = Sweep(rows, run, "lessons/lesson8/probes", settings)
    sweep.write([row | found for row, found in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)

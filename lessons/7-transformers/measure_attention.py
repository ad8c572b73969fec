"""Asks 100 test sentences which piece decides, by attention, gradient and hiding; minutes of one core."""

import time

import torch
from academy.data.sentences import sentence_split
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson7.importance import (
    by_all_attention,
    by_attention,
    by_gradient,
    by_hiding,
    flips,
    ids_of,
    rank_correlation,
)
from academy.lessons.lesson7.sentiment import sentiment_model

SEED, SENTENCES, LEAST = 0, 100, 6
"""Sentences of fewer pieces than ``LEAST`` have no order to compare."""


def main() -> None:
    """Ask each sentence in turn."""
    begin = time.perf_counter()
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(SEED)
    model = sentiment_model()
    ways = {
        "last layer's attention": by_attention,
        "attention through all layers": by_all_attention,
        "gradient": by_gradient,
    }
    rows = []
    for text in sentence_split().test.draw(2 * SENTENCES, SEED).texts:
        ids = ids_of(text)
        if len(ids) - 2 < LEAST or len(rows) == SENTENCES:
            continue
        hiding = by_hiding(model, ids)
        found = {name: way(model, ids) for name, way in ways.items()}
        found["by chance"] = torch.rand(len(hiding), generator=generator)
        rankings = {name: round(rank_correlation(each, hiding), 4) for name, each in found.items()}
        tops = {name: int(each.argmax()) for name, each in (found | {"hiding": hiding}).items()}
        turned = dict(zip(tops, flips(model, ids, list(tops.values()))))
        rows.append({"pieces": len(hiding), "order": rankings, "turned": turned})
    settings = {"seeds": [SEED], "sentences": len(rows), "least": LEAST}
    write_sweep("lessons/lesson7/attention", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()

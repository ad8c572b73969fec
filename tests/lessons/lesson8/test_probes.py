"""Linear probes on few examples."""

import importlib

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.kinds_apart import KindPictures
from academy.lessons.lesson8.probes import probed
from sites import ROOT


def clusters(count, seed):
    """Two clouds far apart."""
    chance = torch.Generator().manual_seed(seed)
    labels = torch.arange(2).repeat_interleave(count)
    vectors = torch.randn(2 * count, 5, generator=chance) + 8 * labels[:, None]
    return KindPictures((), (), vectors, labels)


def test_clouds_far_apart_are_told_from_one_example_each():
    flipped = clusters(20, 3)._replace(labels=1 - clusters(20, 3).labels)
    found = probed(
        clusters(20, 0), clusters(20, 1), {"same": clusters(20, 2), "flipped": flipped}, shots=1, draw=0
    )
    assert found["same"] == 1
    assert found["flipped"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("vectors", ["backbone", "tower"])
def test_a_point_of_the_sweep_comes_out_again(monkeypatch, vectors):
    monkeypatch.syspath_prepend(ROOT / "lessons" / "8-clip")
    script = importlib.import_module("sweep_probes")
    again = script.run(vectors, shots=4, draw=3)
    recorded = next(
        row
        for row in read_sweep("lessons/lesson8/probes")["rows"]
        if (row["vectors"], row["shots"], row["draw"]) == (vectors, 4, 3)
    )
    assert {name: recorded[name] for name in again} == pytest.approx(again, abs=0.02)

"""What the scripts about the towers left: points that come out again, and numbers that fit together."""

import importlib

import numpy as np
import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8 import maps
from academy.lessons.lesson8.concepts import UNSEEN_STYLE, concept_of, concept_split
from academy.lessons.lesson8.contrastive import Pairs, Recipe
from academy.lessons.lesson8.from_scratch import picture_encoder, pixels, trained_from_scratch, varied
from academy.lessons.lesson8.judging import judged, placed
from academy.lessons.lesson8.retrieval import median_rank, times_found
from academy.lessons.lesson8.shipped import clip
from sites import ROOT
from torch.nn import functional as F

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(ROOT / "lessons" / "8-clip")
    return importlib.import_module


def row_of(sweep, **wanted):
    (row,) = [row for row in read_sweep(f"lessons/lesson8/{sweep}")["rows"] if wanted.items() <= row.items()]
    return row


def close(found, recorded, within):
    assert found == pytest.approx(recorded, abs=within)


@pytest.mark.parametrize("changed", [{"varied": "steps", "steps": 50}, {"varied": "steps", "steps": 0}])
def test_a_point_of_the_sweep_comes_out_again(script, changed):
    recorded = row_of("towers", seed=0, **changed)
    found = script("sweep_towers").run(seed=0, **changed)
    for part in ("validation", "test", "test_closed"):
        close(found[part], recorded[part], 0.02)
    for number in ("gap", "told_apart", "scale_at_end", "validation_loss"):
        close(found[number], recorded[number], 0.03)


def test_every_way_has_three_seeds():
    rows = read_sweep("lessons/lesson8/towers")["rows"]
    assert {row["seed"] for row in rows} == {0, 1, 2}
    assert len(rows) % 3 == 0


def test_a_random_split_has_variants_on_both_sides_and_ours_has_none(script):
    def shared(split):
        known = {concept_of(each.name) for each in split.train}
        return sum(concept_of(each.name) in known for each in split.test)

    assert shared(script("sweep_towers").random_split()) > 20
    assert shared(concept_split()) == 0


def test_each_seed_takes_other_styles_and_never_the_unseen_one(script):
    styles_of = script("sweep_towers").styles_of
    assert len({styles_of(1, seed) for seed in range(3)}) == 3
    assert all(UNSEEN_STYLE not in styles_of(3, seed) for seed in range(3))


def test_towers_that_know_the_answers_are_judged_as_perfect():
    class Told(torch.nn.Module):
        def forward(self, features):
            return F.normalize(torch.eye(len(features), 512), dim=-1)

    class Model:
        pictures = texts = Told()

    assert set(judged(Model(), concept_split().test, ["noto"]).values()) == {1.0}


def test_the_shipped_towers_have_the_recorded_hubs():
    both = placed(clip(), concept_split().test, UNSEEN_STYLE)
    asked = both.pictures @ both.texts.T
    row = row_of("hubs", seed=0, style=UNSEEN_STYLE, direction="pictures ask", cure="none")
    assert int(times_found(asked, 10).max()) == pytest.approx(row["most_found"], abs=4)
    assert median_rank(asked) == pytest.approx(row["median_rank"], abs=1.5)


@pytest.mark.parametrize("space", ["known style", "unseen style"])
def test_a_recorded_map_has_the_neighbors_of_a_new_one(script, space):
    new = maps.by_tsne(script("map_space").spaces()[space])
    row = row_of("maps", space=space, method="t-SNE")
    assert maps.mixed(np.array(row["positions"])) == pytest.approx(row["mixed"], abs=0.005)
    assert maps.mixed(new) == pytest.approx(row["mixed"], abs=0.08)


def test_the_small_encoder_is_as_small_as_recorded_and_gives_unit_vectors():
    encoder, pictures = picture_encoder().eval(), pixels(concept_split().test[:3], "noto")
    assert pictures.shape == (3, 3, 32, 32)
    assert pictures[:, :, 0, 0].abs().max() < 0.02  # corners are white
    torch.testing.assert_close(encoder(pictures).norm(dim=1), torch.ones(3))
    assert sum(each.numel() for each in encoder.parameters()) == row_of("from_scratch", seed=0)["parameters"]


def test_varied_pictures_are_others_and_stay_on_white():
    pictures = pixels(concept_split().test[:4], "noto")
    changed = varied(pictures, torch.Generator().manual_seed(0))
    assert changed.shape == pictures.shape
    assert (changed - pictures).abs().mean() > 0.01
    torch.testing.assert_close(changed, varied(pictures, torch.Generator().manual_seed(0)))


def test_the_small_encoder_learns_a_few_pairs_from_scratch():
    emoji = concept_split().train[:12]
    texts = F.normalize(torch.randn(12, 16, generator=torch.Generator().manual_seed(0)), dim=-1)
    pairs = Pairs(pixels(emoji, "noto")[None], texts[None])
    model = trained_from_scratch(Recipe(steps=60, batch_size=12, rate=3e-3, hidden=32), pairs)
    with torch.no_grad():
        found = model.texts(texts) @ model.pictures(pairs.pictures[0]).T
    assert (found.argmax(dim=1) == torch.arange(12)).double().mean() > 0.8

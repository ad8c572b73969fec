"""Pictures of two things: what is where, what a batch holds, and who chooses rightly."""

import importlib
from dataclasses import replace

import pytest
import torch
from academy.data.emoji import drawn
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8 import order
from academy.lessons.lesson8.compositions import both_orders, composed, known_pairs, paired, unseen_pairs
from academy.lessons.lesson8.concepts import concept_split
from academy.lessons.lesson8.contrastive import Pairs
from academy.lessons.lesson8.drawn_vectors import composition_vectors, pooled_halves, pooled_whole
from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.order import POOLED, WAYS, chosen_pairs, chosen_rightly, one_replaced
from academy.lessons.lesson8.pair_vectors import basis, projected
from academy.nets.pretrained import image_backbone
from sites import ROOT
from torch import nn
from torch.nn import functional as F


def test_each_thing_is_in_one_pair_and_those_of_the_test_are_not_trained_on():
    pairs = unseen_pairs()
    used = [each.name for pair in pairs for each in pair]
    assert len(pairs) == 100
    assert sorted(used) == sorted(each.name for each in concept_split().test)
    trained = {each.name for pair in known_pairs() for each in pair}
    assert len(trained) == 480
    assert not trained & set(used)
    assert paired(range(5), seed=1) == paired(range(5), seed=1)


def test_a_caption_says_what_is_above_and_the_picture_shows_it():
    pair = unseen_pairs()[1]
    assert pair.caption == f"{pair.above.name} above {pair.below.name}"
    assert pair.swapped.caption == f"{pair.below.name} above {pair.above.name}"
    picture = composed(pair, side=64)
    assert torch.equal(picture[:, :32, 16:48], drawn(pair.above, "noto", 32))
    assert torch.equal(picture[:, 32:, 16:48], drawn(pair.below, "noto", 32))
    assert (picture[:, :, :16] == 255).all()
    assert (picture[:, :, 48:] == 255).all()


def test_halves_together_are_the_mean_of_the_map():
    maps = torch.randn(2, 5, 7, 7, generator=torch.Generator().manual_seed(0)).double()
    torch.testing.assert_close(pooled_whole(pooled_halves(maps)), maps.mean(dim=(2, 3)))


def test_swapped_pairs_stand_in_a_batch_together_only_where_asked():
    chance = torch.Generator().manual_seed(0)
    hard = chosen_pairs(10, 8, WAYS[2], chance)
    assert sorted((hard % 10).tolist()) == sorted(2 * hard[:4].tolist())
    easy = chosen_pairs(10, 8, WAYS[1], chance)
    assert len((easy % 10).unique()) == 8
    assert (easy >= 10).any()
    assert (easy < 10).any()


class Known(nn.Module):
    """A tower that answers what it was told."""

    def __init__(self, answers):
        super().__init__()
        self.answers = answers

    def forward(self, asked):
        return F.normalize(self.answers[asked[:, 0].long()], dim=1)


def test_who_reads_things_but_no_order_chooses_things_rightly(monkeypatch):
    places = {each.name: place for place, each in enumerate(concept_split().test)}
    things = torch.eye(len(places))
    bags = [(places[pair.above.name], places[pair.below.name]) for pair in both_orders(unseen_pairs())]
    pictures = torch.stack([1.1 * things[above] + things[below] for above, below in bags])
    monkeypatch.setattr(order, "pooled", lambda part, way: torch.arange(200.0)[:, None])

    def tower(weight):
        """Read captions, the upper thing with a weight."""
        known = []

        def captions(pairs):
            start = len(known)
            known.extend(weight * things[places[a.name]] + things[places[b.name]] for a, b in pairs)
            texts.answers = torch.stack(known)
            return torch.arange(start, len(known)).float()[:, None]

        texts = Known(things)
        monkeypatch.setattr(order, "captions", captions)
        return DualEncoder(Known(pictures), texts)

    by_bag = chosen_rightly(tower(1.0 + 1e-9), POOLED[0])
    assert by_bag["thing"].all()
    assert not by_bag["order"].any()  # both captions are equally near, and none is nearer
    assert chosen_rightly(tower(1.1), POOLED[0])["order"].all()
    assert not chosen_rightly(tower(0.9), POOLED[0])["order"].any()


def test_one_thing_of_each_pair_is_replaced_by_another():
    for pair, other in zip(unseen_pairs(), one_replaced(unseen_pairs())):
        assert pair.above == other.above
        assert pair.below != other.below


@pytest.mark.slow
def test_the_backbone_gives_the_kept_vectors_again():
    with torch.no_grad():
        whole = projected(image_backbone()(composed(unseen_pairs()[5])[None]), basis())
    kept = pooled_whole(composition_vectors("test"))[5]
    assert F.cosine_similarity(whole[0], kept, dim=0) > 0.99


@pytest.mark.slow
def test_captions_are_as_alike_as_recorded(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "lessons" / "8-clip")
    script = importlib.import_module("sweep_order")
    recorded = read_sweep("lessons/lesson8/order")["settings"]["cosines of captions"]
    assert script.by_reading() == pytest.approx(recorded, abs=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("pooled", POOLED)
def test_a_point_of_the_sweep_runs_again_in_short(monkeypatch, pooled):
    monkeypatch.syspath_prepend(ROOT / "lessons" / "8-clip")
    script = importlib.import_module("sweep_order")
    monkeypatch.setattr(order, "RECIPE", replace(order.RECIPE, steps=5))
    monkeypatch.setattr(order, "single_things", few_things)
    first, again = (script.run(pooled, WAYS[2], seed=0) for _ in range(2))
    assert first == again
    assert 0.3 < first["order"] < 0.8


def few_things(way):
    """Give pairs of vectors that need no encoder."""
    wide = 256 if way == POOLED[0] else 512
    chance = torch.Generator().manual_seed(0)
    return Pairs(torch.randn(1, 200, wide, generator=chance), torch.randn(1, 200, 384, generator=chance))

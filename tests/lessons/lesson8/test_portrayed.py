"""Who is shown with neutral captions, and who is found for a neutral query."""

import importlib

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8 import portrayed
from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.pair_vectors import picture_vectors
from academy.lessons.lesson8.portrayed import ASKED, asked, leanings, other_emoji
from sites import ROOT
from torch import nn


@pytest.fixture
def places(monkeypatch):
    """Texts become their length: no encoder is needed to count them."""
    monkeypatch.setattr(
        portrayed, "text_features", lambda texts: torch.tensor([[float(len(text))] for text in texts])
    )
    monkeypatch.setattr(
        portrayed, "names", lambda emoji: torch.tensor([[float(len(each.name))] for each in emoji])
    )


def test_what_is_asked_for_is_shown_in_no_pair():
    for each in asked():
        assert each.man.name == f"man {each.caption}"
        assert each.woman.name == f"woman {each.caption}"
    shown = {each.name for each in other_emoji()}
    for each in portrayed.portrayed():
        assert not shown & {each.man.name, each.woman.name, each.caption}


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_the_share_of_women_is_as_asked(places, share):
    shown = portrayed.portrayed()[ASKED:]
    pairs = portrayed.pairs_with_women(share, seed=1)
    people = pairs.pictures[1, -len(shown) :]
    women = picture_vectors([each.woman for each in shown], "twemoji")  # the first style has one twice
    are_women = (people == women).all(dim=1)
    assert are_women.sum() == round(share * len(shown))
    assert pairs.texts.shape[:2] == (1, pairs.pictures.shape[1])
    assert pairs.texts[0, -1, 0] == len(shown[-1].caption)


def test_a_leaning_is_positive_where_the_woman_is_nearer(monkeypatch):
    monkeypatch.setattr(portrayed, "text_features", lambda texts: torch.ones(len(texts), 1))
    monkeypatch.setattr(
        portrayed,
        "picture_vectors",
        lambda emoji, style: torch.tensor([[0.75 if "woman" in each.name else 0.5] for each in emoji]),
    )
    found = leanings(DualEncoder(nn.Identity(), nn.Identity()))
    assert found.shape == (3, ASKED)
    assert found.unique().tolist() == [0.25]


def test_the_recorded_sweep_asked_for_the_same():
    settings = read_sweep("lessons/lesson8/portrayed")["settings"]
    assert settings["asked"] == [each.caption for each in asked()]


@pytest.mark.slow
def test_a_point_of_the_sweep_runs_again(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "lessons" / "8-clip")
    script = importlib.import_module("sweep_portrayed")
    recorded = read_sweep("lessons/lesson8/portrayed")["rows"][-1]
    again = script.run(recorded["share"], recorded["seed"])
    assert again["women first"] == pytest.approx(recorded["women first"], abs=0.03)
    assert again["leaning"] == pytest.approx(recorded["leaning"], abs=0.002)

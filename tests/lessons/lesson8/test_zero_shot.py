"""Classes as prompts: the mean of their vectors, who is apart, and the recorded scores again."""

import numpy as np
import pytest
import torch
from academy.data.emoji import emoji_named, emoji_pictures
from academy.data.emoji_kinds import kind_split
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8 import class_names, zero_shot
from academy.lessons.lesson8.class_names import by_class_names, imagenet_logits
from academy.lessons.lesson8.concepts import concept_of
from academy.lessons.lesson8.contrastive import text_features
from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.kind_towers import kind_towers
from academy.lessons.lesson8.kinds_apart import in_a_row, new_style, new_things, towers_may_see
from academy.lessons.lesson8.pair_vectors import picture_vectors
from academy.lessons.lesson8.prompts import SHORT, TEMPLATES, prompts
from academy.nets.pretrained import image_backbone, imagenet_names
from torch import nn
from torch.nn import functional as F


def test_a_class_is_the_mean_of_the_unit_vectors_of_its_prompts(monkeypatch):
    features = {"a": [3.0, 4.0], "b": [0.0, 2.0], "c": [1.0, 0.0], "d": [-5.0, 0.0001]}
    monkeypatch.setattr(
        zero_shot, "text_features", lambda texts: torch.tensor([features[text] for text in texts])
    )

    class Unit(nn.Module):
        def forward(self, given):
            return given / given.norm(dim=1, keepdim=True)

    found = zero_shot.class_vectors(DualEncoder(Unit(), Unit()), [("a", "b"), ("c",) * 2])
    mean = np.array([0.6 + 0, 0.8 + 1]) / 2
    np.testing.assert_allclose(found[0], mean / np.linalg.norm(mean), rtol=1e-6)
    np.testing.assert_allclose(found[1], [1, 0], atol=1e-6)


def test_logits_are_cosines_at_the_learned_temperature():
    model = DualEncoder(nn.Identity(), nn.Identity())
    found = zero_shot.class_logits(model, torch.tensor([[0.6, 0.8]]), torch.tensor([[1.0, 0.0], [0.0, 1.0]]))
    assert found[0].tolist() == pytest.approx([0.6 / 0.07, 0.8 / 0.07])
    assert zero_shot.accuracy(found, torch.tensor([1])) == 1
    assert zero_shot.accuracy(found, torch.tensor([0])) == 0


def test_no_thing_that_is_judged_and_no_variant_of_it_was_trained_on():
    seen = {concept_of(each.name) for each in towers_may_see()}
    for part in ("validation", "test"):
        assert not seen & {concept_of(each.name) for each in in_a_row(part)}
    names = [each.name for part in ("train", "validation", "test") for each in in_a_row(part)]
    assert len(names) == len(set(names)) == 12 * 46


@pytest.mark.slow
def test_things_to_judge_by_are_those_of_the_earlier_lessons():
    split = kind_split(side=8)
    assert new_style().things == split.test.emoji
    assert torch.equal(new_style().labels, split.test.labels)
    assert new_things().things == split.new_things.emoji
    assert new_things().styles == split.new_things.styles


@pytest.mark.slow
def test_the_shipped_towers_score_as_recorded():
    recorded = read_sweep("lessons/lesson8/prompts")["rows"][0]
    rows = [row for row in recorded["prompts"] if row["wording"] == "short"]
    for row in (rows[0], rows[-1]):
        templates = TEMPLATES if row["template"] == "all templates" else [row["template"]]
        classes = zero_shot.class_vectors(kind_towers(), prompts(SHORT.values(), templates))
        for name, pictures in (("new things", new_things()), ("new style", new_style())):
            again = zero_shot.accuracy(
                zero_shot.class_logits(kind_towers(), pictures.vectors, classes), pictures.labels
            )
            assert again == pytest.approx(row[name], abs=0.015)  # weights are kept in steps
    assert kind_towers().scale.item() == pytest.approx(recorded["calibration"]["scale"], abs=0.01)


@pytest.mark.slow
def test_the_likeliest_class_names_point_to_a_kind(monkeypatch):
    pictures = picture_vectors(emoji_named(["guitar", "ambulance"]), "noto")
    likeliest = imagenet_logits(pictures).argmax(dim=1)
    assert [imagenet_names()[place] for place in likeliest] == ["electric guitar", "ambulance"]
    sure = 50 * F.one_hot(likeliest, 1000).float()
    monkeypatch.setattr(class_names, "imagenet_logits", lambda vectors: sure)
    kinds = text_features(("musical instrument", "vehicle"))
    assert by_class_names(pictures, kinds).argmax(dim=1).tolist() == [0, 1]
    alone = F.cosine_similarity(text_features(("ambulance",)), kinds)
    torch.testing.assert_close(by_class_names(pictures, kinds)[1], alone)


@pytest.mark.slow
def test_logits_from_kept_vectors_are_near_those_from_pixels():
    emoji = emoji_named(["banana", "dog", "guitar"])
    with torch.no_grad():
        exact = image_backbone().classify(emoji_pictures(emoji, ["noto"], 224).images)
    kept = imagenet_logits(picture_vectors(emoji, "noto"))
    for ours, theirs in zip(kept, exact):
        assert np.corrcoef(ours, theirs)[0, 1] > 0.9

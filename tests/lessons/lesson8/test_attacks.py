"""Words on pictures: where they are, whose they are, and what they do."""

import math

import pytest
import torch
from academy.data.emoji import drawn
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.attacks import moved, pairs_with_words, written_labels
from academy.lessons.lesson8.drawn_vectors import word_vectors
from academy.lessons.lesson8.kind_towers import kind_towers
from academy.lessons.lesson8.kinds_apart import kind_pictures
from academy.lessons.lesson8.pair_vectors import basis, picture_vectors, projected
from academy.lessons.lesson8.prompts import SHORT, TEMPLATES, prompts
from academy.lessons.lesson8.written_words import (
    ATTACKED_STYLE,
    any_words,
    own_words,
    with_word,
    written_pictures,
    wrong_words,
)
from academy.lessons.lesson8.zero_shot import accuracy, class_logits, class_vectors
from academy.nets.pretrained import image_backbone


def test_a_word_is_dark_on_white_and_covers_the_lower_part_alone():
    gray = torch.full((3, 224, 224), 128, dtype=torch.uint8)
    written = with_word(gray, "animals")
    assert (written[:, :140] == 128).all()
    sign = written[:, 155:205, 30:190]
    assert (sign > 200).double().mean() > 0.5
    assert (sign < 50).double().mean() > 0.05
    assert not torch.equal(written, with_word(gray, "plants"))


def test_wrong_words_name_each_other_kind_and_own_words_the_right_one():
    clean = kind_pictures("test", [ATTACKED_STYLE])
    assert [each.thing for each in wrong_words()] == list(clean.things)
    assert not (written_labels() == clean.labels).any()
    for label in range(12):
        assert len(written_labels()[clean.labels == label].unique()) == 11
    assert [each.kind for each in own_words()] == kind_pictures("train", ["noto"]).labels.tolist()


def test_what_a_word_does_is_counted_by_hand():
    before = torch.eye(3)[[0, 0, 1, 2]]  # answers 0, 0, 1, 2
    after = torch.eye(3)[[1, 2, 1, 2]]  # written 1, 1, 1, 0
    high, low = math.e / (math.e + 2), 1 / (math.e + 2)
    assert moved(before, after, torch.tensor([1, 1, 1, 0])) == pytest.approx(
        {
            "changed": 0.5,
            "to the word": 0.25,
            "before": (3 * low + high) / 4,
            "after": (2 * high + 2 * low) / 4,
        }
    )


@pytest.mark.slow
def test_the_backbone_gives_the_kept_vectors_again():
    chosen = [0, 77, 143]
    written = [wrong_words()[place] for place in chosen]
    with torch.no_grad():
        again = projected(image_backbone()(written_pictures(written)), basis())
    kept = word_vectors()["wrong"][chosen]
    clean = picture_vectors([each.thing for each in written], ATTACKED_STYLE)
    assert drawn(written[0].thing, ATTACKED_STYLE, 224).shape == (3, 224, 224)
    assert (again - kept).abs().mean() < 0.1 * (kept - clean).abs().mean()


@pytest.mark.slow
def test_towers_without_words_are_attacked_as_recorded():
    classes = class_vectors(kind_towers(), prompts(SHORT.values(), TEMPLATES))
    clean = kind_pictures("test", [ATTACKED_STYLE])
    before = class_logits(kind_towers(), clean.vectors, classes)
    after = class_logits(kind_towers(), word_vectors()["wrong"], classes)
    found = moved(before, after, written_labels()) | {"clean": accuracy(before, clean.labels)}
    recorded = read_sweep("lessons/lesson8/attacks")["rows"][0]
    assert (recorded["words"], recorded["seed"]) == ("none", 0)
    assert found == pytest.approx({name: recorded[name] for name in found}, abs=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["own", "any"])
def test_pictures_with_words_are_added_to_those_without(words):
    plain, more = pairs_with_words("none"), pairs_with_words(words)
    assert more.pictures.shape[1] == plain.pictures.shape[1] + 1344 == more.texts.shape[1]
    torch.testing.assert_close(more.pictures[0, -1], word_vectors()[words][-1])
    assert torch.equal(more.pictures[0, : plain.pictures.shape[1]], plain.pictures[0])


def test_any_words_say_nothing_of_the_thing():
    own = torch.tensor([each.kind for each in own_words()] * 2)
    written = torch.tensor([each.kind for each in any_words()])
    for kind in range(12):  # each kind has about as many of each word
        counts = torch.bincount(written[own == kind], minlength=12)
        assert counts.min() >= 4
        assert counts.max() <= 6

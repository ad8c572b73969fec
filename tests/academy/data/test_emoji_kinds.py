"""Twelve kinds of emoji; the sets are fetched once into the shared cache."""

import pytest
import torch
from academy.data.emoji import STYLES
from academy.data.emoji_kinds import KindSplit, emoji_kinds, examples_of_each, kind_split


@pytest.fixture(scope="module")
def split() -> KindSplit:
    return kind_split(side=16)


@pytest.mark.slow
def test_there_are_46_things_of_each_of_twelve_kinds_and_none_twice() -> None:
    kinds = emoji_kinds()
    assert [len(things) for things in kinds.values()] == [46] * 12
    things = [each for of_kind in kinds.values() for each in of_kind]
    assert len(set(things)) == len(things)


@pytest.mark.slow
def test_no_thing_is_on_both_sides_and_no_training_picture_has_the_unseen_style(split: KindSplit) -> None:
    assert not set(split.train.names) & set(split.test.names)
    assert set(split.new_things.names) == set(split.test.names)
    assert set(split.test.styles) == {"openmoji"}
    assert set(split.train.styles) == set(split.new_things.styles) == set(STYLES) - {"openmoji"}


@pytest.mark.slow
def test_every_kind_has_as_many_pictures(split: KindSplit) -> None:
    assert split.train.labels.bincount().tolist() == [3 * 34] * 12
    assert split.new_things.labels.bincount().tolist() == [3 * 12] * 12
    assert split.test.labels.bincount().tolist() == [12] * 12


@pytest.mark.slow
def test_labels_and_names_fit_the_pictures(split: KindSplit) -> None:
    kinds = emoji_kinds()
    for part in (split.train, split.new_things, split.test):
        assert len(part.images) == len(part.labels) == len(part.names) == len(part.styles)
        for label, each in zip(part.labels.tolist(), part.emoji):
            assert each in kinds[split.kinds[label]]


@pytest.mark.slow
def test_the_held_out_things_never_change(split: KindSplit) -> None:
    """Results in the book rest on them."""
    faces = ["without mouth", "winking", "neutral", "exploding", "zipper", "thinking", "star", "disguised"]
    assert all(face in name for face, name in zip(faces, split.test.names[:8]))


@pytest.mark.slow
def test_any_style_can_be_the_unseen_one() -> None:
    split = kind_split("noto", held_out=2, side=8)
    assert set(split.test.styles) == {"noto"}
    assert len(split.test.labels) == 2 * 12


def test_as_many_examples_of_each_class_are_chosen() -> None:
    labels = torch.tensor([0, 1, 2] * 10)
    chosen = examples_of_each(labels, 4, seed=0)
    assert labels[chosen].tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert len(chosen.unique()) == 12


def test_more_examples_from_the_same_seed_add_to_fewer_and_another_seed_chooses_others() -> None:
    labels = torch.arange(2).repeat_interleave(50)
    few, more, other = (set(examples_of_each(labels, *how).tolist()) for how in [(3, 0), (9, 0), (3, 1)])
    assert few < more
    assert few != other


def test_too_many_examples_are_refused() -> None:
    with pytest.raises(ValueError, match="class 1 has 2 examples, not 3"):
        examples_of_each(torch.tensor([0, 0, 0, 1, 1]), 3, seed=0)

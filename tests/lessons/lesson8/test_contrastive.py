"""Training two towers on pairs: what a batch holds, and that unseen pictures are found by their names."""

from dataclasses import replace

import pytest
import torch
from academy.lessons.lesson8.concepts import TEST, concept_split
from academy.lessons.lesson8.contrastive import (
    Pairs,
    Recipe,
    batches,
    emoji_pairs,
    similarities,
    trained,
    with_keywords,
)
from academy.lessons.lesson8.retrieval import recall

PAIRS = Pairs(torch.arange(12).reshape(3, 4, 1).float(), torch.arange(8).reshape(2, 4, 1).float())


def test_a_batch_pairs_pictures_with_texts_of_the_same_emoji_and_none_twice():
    source = batches(PAIRS, Recipe(batch_size=3))
    for _ in range(5):
        pictures, texts = next(source)
        assert (pictures % 4).tolist() == (texts % 4).tolist()
        assert len(set((pictures % 4).flatten().tolist())) == 3


def test_keywords_stand_after_the_name():
    apple = next(each for each in concept_split().train if each.keywords)
    assert with_keywords(apple).startswith(f"{apple.name}: {apple.keywords[0]}")
    assert with_keywords(apple._replace(keywords=())) == apple.name


@pytest.mark.slow
def test_less_of_the_concepts_are_among_the_same_ones():
    half, whole = (emoji_pairs(Recipe(keywords=False, concepts=share)) for share in (0.5, 1.0))
    assert half.pictures.shape[1] == round(whole.pictures.shape[1] / 2)
    torch.testing.assert_close(half.texts, whole.texts[:, : half.texts.shape[1]])


@pytest.mark.slow
def test_a_short_training_finds_unseen_concepts_by_their_names_in_an_unseen_style():
    recipe = Recipe(keywords=False, steps=60, hidden=64)
    found = similarities(trained(recipe), concept_split().test, "openmoji")
    assert recall(found, 10) > 3 * 10 / TEST
    again = similarities(trained(recipe), concept_split().test, "openmoji")
    torch.testing.assert_close(found, again)
    assert not torch.equal(
        found, similarities(trained(replace(recipe, seed=1)), concept_split().test, "openmoji")
    )


def test_a_fixed_scale_is_not_learned():
    pairs = Pairs(torch.randn(1, 8, 5), torch.randn(1, 8, 3))
    model = trained(Recipe(steps=3, batch_size=4, hidden=0, scale=7.0), pairs)
    assert model.scale.item() == pytest.approx(7.0)

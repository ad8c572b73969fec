"""Definitions, rated sentences, and batches of sentences."""

import pytest
import torch
from academy.data.text import batch, glosses, rated_sentences


def test_each_meaning_of_wordnet_has_its_gloss():
    texts = glosses()
    assert len(texts) == 117_659  # as WordNet 3.0 says of itself
    assert all(texts)
    assert texts[5] == (
        "an assemblage of parts that is regarded as a single entity; "
        '"how big is that part compared to the whole?"; "the team is a unit"'
    )


def test_sentences_come_with_their_ratings():
    sentences = rated_sentences()
    assert len(sentences.texts) == len(sentences.ratings) == 10_605
    assert sentences.ratings.abs().max() <= 4
    assert sentences.texts[2] == "Effective but too tepid biopic"
    assert sentences.ratings[2] == pytest.approx(-0.6)


@pytest.mark.parametrize(("about", "count"), [("tweets", 4_200), ("products", 3_708), ("editorials", 5_190)])
def test_there_are_sentences_about_other_things(about: str, count: int):
    assert len(rated_sentences(about).texts) == count


def test_what_sentences_are_about_is_named_if_there_are_none():
    with pytest.raises(ValueError, match=r"no sentences about 'films'.*movies, tweets, products, editorials"):
        rated_sentences("films")


def test_a_batch_says_which_ids_are_real():
    ids, mask = batch([[5, 0, 7], [], [9]])
    assert ids.tolist() == [[5, 0, 7], [0, 0, 0], [9, 0, 0]]
    assert mask.tolist() == [[True, True, True], [False, False, False], [True, False, False]]
    assert ids.dtype == torch.int64

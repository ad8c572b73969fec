"""Word vectors that others have learned, and what people say of pairs of words."""

import pytest
import torch
from academy.data.word_vectors import analogies, by_hash, rated_pairs, word_vectors
from torch.nn.functional import cosine_similarity


def test_words_are_filed_as_spacy_files_them():
    # The first two as spaCy's manual prints them; the third, whose letters are not English, from its table.
    assert by_hash(["coffee", "apple", "reuse"]).keys() >= {3197928453018144401, 8566208034543834098}


@pytest.mark.slow
def test_every_word_has_a_vector_of_its_own():
    words, vectors = word_vectors()
    assert vectors.shape == (20_000, 300)
    assert vectors.dtype == torch.float32
    assert len(set(words)) == 20_000
    assert words[3:6] == ("the", "of", "to")


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("river", "lake", "bank"), ("café", "restaurant", "number"), ("number", "numbers", "café")],
)
def test_words_lie_near_what_they_mean(word: str, near: str, far: str):
    words, vectors = word_vectors()
    one, other, third = (vectors[words.index(each)] for each in (word, near, far))
    assert cosine_similarity(one, other, dim=0) > cosine_similarity(one, third, dim=0) + 0.2


def test_pairs_have_the_ratings_of_people():
    pairs, ratings = rated_pairs()
    assert len(pairs) == len(ratings) == 353
    assert ratings[pairs.index(("tiger", "cat"))] == pytest.approx(7.35)
    assert 0 <= ratings.min() < ratings.max() <= 10


def test_analogies_come_by_kind():
    kinds = analogies()
    assert len(kinds) == 14
    assert sum(map(len, kinds.values())) == 19_544
    assert ("king", "queen", "man", "woman") in kinds["family"]

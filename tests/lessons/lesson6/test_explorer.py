"""The words of Lesson 6's page and their rounding, against scikit-learn and by hand."""

import numpy as np
import pytest
import torch
from academy.lessons.lesson6.explorer import common_words, in_bytes, loss, with_spread
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import NearestNeighbors

WORDS = ("The", ",", "the", "King", "ca", "n't", "Paris", "shit", "king", "7th", "B", "I", "river", "PARIS")


def test_each_word_comes_once_in_small_letters_where_there_are_such():
    assert common_words(WORDS, 5) == ["the", "king", "Paris", "I", "river"]


def test_rare_words_are_chosen_in_place_of_the_last_and_keep_their_order():
    assert common_words(WORDS, 3, ["river"]) == ["the", "king", "river"]


@pytest.mark.parametrize(
    ("count", "also", "message"),
    [
        (5, ["River"], "River: none of the 5 plain words is spelled so"),
        (6, [], "There are 5 plain words, and 6"),
    ],
)
def test_what_is_not_there_is_named(count, also, message):
    with pytest.raises(ValueError, match=message):
        common_words(WORDS, count, also)


def test_rounding_keeps_each_direction():
    assert in_bytes(torch.tensor([[0.5, -1.0, 0.004], [3.0, 0.0, 2.0]])).tolist() == [
        [64, -127, 1],
        [127, 0, 85],
    ]


def test_the_loss_is_what_scikit_learn_finds():
    vectors = torch.randn(60, 8, generator=torch.Generator().manual_seed(0))
    coarse = (4 * vectors).round()  # enough to lose some
    found = loss(vectors, coarse)
    kept = []
    for each in (vectors, coarse):
        search = NearestNeighbors(n_neighbors=10, metric="cosine").fit(each.numpy())
        kept.append(search.kneighbors(return_distance=False))  # without a word itself
    same = [len(set(old) & set(new)) / 10 for old, new in zip(*kept)]
    assert found.kept == pytest.approx(np.mean(same))
    assert found.kept < 1
    errors = np.abs(cosine_similarity(vectors.numpy()) - cosine_similarity(coarse.numpy()))
    assert found.error == pytest.approx(errors.max(), abs=1e-6)


def test_the_spread_is_that_of_directions_whatever_the_lengths():
    rounded = in_bytes(torch.randn(40, 6, generator=torch.Generator().manual_seed(0)))
    found = with_spread(rounded)
    directions = rounded.numpy() / np.linalg.norm(rounded.numpy().astype(float), axis=1, keepdims=True)
    covariance = np.cov(directions.T)
    values, vectors = np.linalg.eigh(covariance)
    np.testing.assert_allclose(found["shares"], values[::-1][:3] / values.sum(), rtol=1e-5)
    alike = np.abs((found["axes"].numpy() * vectors.T[::-1][:3]).sum(axis=1))
    np.testing.assert_allclose(alike, 1, rtol=1e-5)
    np.testing.assert_allclose(found["center"], PCA(3).fit(directions).mean_, atol=1e-6)

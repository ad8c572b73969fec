"""Search by likeness, against scikit-learn and worked by hand."""

import numpy as np
import pytest
import torch
from academy.learn.search import (
    average_precision,
    bootstrap,
    cosine_similarity,
    nearest,
    precision_at,
    ranked,
    recall_at,
)
from sklearn.metrics import average_precision_score
from sklearn.metrics.pairwise import cosine_similarity as of_sklearn

BY_HAND = torch.tensor([[True, False, True, False, False, True]])
"""Six results, of which the first, the third and the last are relevant."""


@pytest.fixture
def generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def test_one_query_by_hand() -> None:
    assert precision_at(BY_HAND, 3).tolist() == pytest.approx([2 / 3])
    assert recall_at(BY_HAND, 3).tolist() == pytest.approx([2 / 3])
    assert precision_at(BY_HAND, 5).tolist() == pytest.approx([2 / 5])
    assert recall_at(BY_HAND, 6).tolist() == [1]
    assert average_precision(BY_HAND).tolist() == pytest.approx([(1 / 1 + 2 / 3 + 3 / 6) / 3])


def test_cosine_similarity_is_that_of_scikit_learn(generator: torch.Generator) -> None:
    queries, index = (torch.randn(count, 7, generator=generator, dtype=torch.float64) for count in (3, 5))
    np.testing.assert_allclose(cosine_similarity(queries, index), of_sklearn(queries, index), atol=1e-12)


def test_lengths_change_no_similarity(generator: torch.Generator) -> None:
    queries, index = (torch.randn(count, 7, generator=generator, dtype=torch.float64) for count in (3, 5))
    torch.testing.assert_close(cosine_similarity(3 * queries, 0.1 * index), cosine_similarity(queries, index))


def test_the_nearest_come_first() -> None:
    index = torch.tensor([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    found = nearest(torch.tensor([[2.0, 0.1]]), index, k=2)
    assert found.places.tolist() == [[1, 2]]
    assert found.similarity[0, 0] > found.similarity[0, 1]


def test_average_precision_is_that_of_scikit_learn(generator: torch.Generator) -> None:
    similarity = torch.rand(20, 50, generator=generator, dtype=torch.float64)
    relevant = torch.rand(20, 50, generator=generator) < 0.3
    expected = [average_precision_score(*query) for query in zip(relevant.numpy(), similarity.numpy())]
    np.testing.assert_allclose(average_precision(ranked(similarity, relevant)), expected, atol=1e-12)


def test_a_perfect_ranking_has_every_score_at_its_best() -> None:
    ranking = torch.tensor([[True, True, False, False]])
    assert precision_at(ranking, 2).item() == recall_at(ranking, 2).item() == 1
    assert average_precision(ranking).item() == 1


def test_a_bootstrap_interval_is_near_the_one_of_the_normal_distribution() -> None:
    scores = np.random.RandomState(0).normal(0.5, 0.2, size=400)
    mean, low, high = bootstrap(scores)
    margin = 1.96 * scores.std(ddof=1) / 20
    assert mean == pytest.approx(scores.mean())
    assert low == pytest.approx(mean - margin, abs=0.1 * margin)
    assert high == pytest.approx(mean + margin, abs=0.1 * margin)


def test_the_interval_holds_the_true_mean_about_as_often_as_it_says() -> None:
    chance = np.random.RandomState(1)
    intervals = [bootstrap(chance.beta(2, 5, size=80), draws=500, seed=seed) for seed in range(200)]
    held = np.mean([low <= 2 / 7 <= high for _, low, high in intervals])
    assert 0.9 <= held <= 0.99


def test_pairs_are_told_apart_where_two_groups_are_not() -> None:
    chance = np.random.RandomState(2)
    hard = chance.rand(100)
    first, second = 0.8 * hard + 0.05, 0.8 * hard
    assert bootstrap(first - second).low > 0
    assert bootstrap(first).low < bootstrap(second).high

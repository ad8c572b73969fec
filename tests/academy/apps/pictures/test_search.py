"""Exact search, beside a loop in double precision that looks at every vector."""

import math

import pytest
import torch
from academy.apps.pictures.search import nearest
from torch.nn.functional import normalize


def unit_vectors(count: int, width: int, seed: int = 0) -> torch.Tensor:
    return normalize(torch.randn(count, width, generator=torch.Generator().manual_seed(seed)))


def by_hand(features: torch.Tensor, query: torch.Tensor, k: int) -> list[int]:
    """Compare with one vector after another, with sums that are rounded once."""
    rows, asked = features.double().tolist(), query.double().tolist()
    scores = [math.fsum(a * b for a, b in zip(row, asked)) for row in rows]
    return sorted(range(len(rows)), key=lambda place: (-scores[place], place))[:k]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_found_is_what_a_search_of_every_vector_finds(seed: int) -> None:
    features, query = unit_vectors(300, 64, seed), unit_vectors(1, 64, seed + 100)[0]
    hits = nearest(features, query, 20)
    assert [hit.place for hit in hits] == by_hand(features, query, 20)
    for hit in hits:
        exact = math.fsum(
            a * b for a, b in zip(features[hit.place].double().tolist(), query.double().tolist())
        )
        assert hit.score == pytest.approx(exact, abs=1e-12)


def test_what_float32_cannot_tell_apart_is_in_its_true_order() -> None:
    """Vectors that differ by less than what one sum in float32 is off."""
    query = unit_vectors(1, 1_280)[0]
    chance = torch.Generator().manual_seed(1)
    features = normalize(query + 2e-6 * torch.randn(200, 1_280, generator=chance))
    hits = [hit.place for hit in nearest(features, query, 30)]
    assert hits == by_hand(features, query, 30)
    assert hits != (features @ query).topk(30).indices.tolist()


@pytest.mark.parametrize("count", [7, 16, 33, 1_001])
def test_of_equal_vectors_the_first_place_comes_first(count: int) -> None:
    features = unit_vectors(1, 1_280).repeat(count, 1)
    assert [hit.place for hit in nearest(features, unit_vectors(1, 1_280, 1)[0], 5)] == [0, 1, 2, 3, 4]


def test_a_right_angle_has_score_0_the_same_direction_1_and_the_opposite_minus_1() -> None:
    features = torch.tensor([[0.0, 1.0], [-1.0, 0.0], [1.0, 0.0]])
    hits = nearest(features, torch.tensor([1.0, 0.0]), 3)
    assert [tuple(hit) for hit in hits] == [(2, 1.0), (0, 0.0), (1, -1.0)]


def test_no_score_is_above_1() -> None:
    features = unit_vectors(500, 1_280)
    assert max(nearest(features, each, 1)[0].score for each in features[:100]) <= 1


def test_a_place_can_be_left_out() -> None:
    features = unit_vectors(50, 16)
    assert nearest(features, features[7], 1)[0].place == 7
    assert [hit.place for hit in nearest(features, features[7], 3, without=7)] == [
        place for place in by_hand(features, features[7], 4) if place != 7
    ]


def test_where_there_are_fewer_all_are_found() -> None:
    features = unit_vectors(3, 4)
    assert sorted(hit.place for hit in nearest(features, features[0], 10)) == [0, 1, 2]
    assert sorted(hit.place for hit in nearest(features, features[0], 10, without=0)) == [1, 2]
    assert nearest(features[:1], features[0], 10, without=0) == []


@pytest.mark.parametrize("k", [0, -1])
def test_none_cannot_be_asked_for(k: int) -> None:
    with pytest.raises(ValueError, match=f"At least 1 picture must be asked for, not {k}"):
        nearest(unit_vectors(3, 4), unit_vectors(1, 4)[0], k)

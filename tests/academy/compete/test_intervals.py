"""Intervals are Wilson's, and ranks say no more than they allow."""

import pytest
from academy.compete.intervals import Interval, ranks, wilson


@pytest.mark.parametrize(("right", "low", "high"), [(0, 0.0, 0.2775), (5, 0.2366, 0.7634), (10, 0.7225, 1.0)])
def test_the_interval_of_ten_draws_is_wilsons(right, low, high):
    """Of none right, by hand: z² / (10 + z²), with z = 1.96."""
    assert wilson(right, 10) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ([], []),
        ([9000], ["1"]),
        ([9500, 9000, 8000], ["1", "2", "3"]),
        ([9000, 9000], ["1–2", "1–2"]),
        ([9430, 9420, 8300], ["1–2", "1–2", "3"]),
        # Half of an interval is about 0.5 points here: the middle one is tied with both others.
        ([9280, 9240, 9200], ["1–2", "1–3", "2–3"]),
    ],
)
def test_ranks_are_counted_by_hand(right, expected):
    assert ranks([(each / 10_000, wilson(each, 10_000)) for each in right]) == expected


def test_an_accuracy_on_the_edge_of_an_interval_is_in_it():
    measured = [(0.9, Interval(0.8, 0.95)), (0.95, Interval(0.9, 0.97)), (0.8, Interval(0.7, 0.85))]
    assert ranks(measured) == ["1–3", "1–2", "3"]

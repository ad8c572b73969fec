"""What an entry says of its claim, and what a claim may be off."""

import pytest
from academy.compete.entries import Entry, Status
from academy.compete.submission import Claims, Submission
from academy.competitions.fashion.scoring import order


def entry(accuracy, parameters, claims=None):
    submission = Submission("n", "a", "t", 0, "", claims or Claims(parameters, accuracy))
    return Entry("place", Status.RANKED, "reason", accuracy, parameters, submission)


@pytest.mark.parametrize(
    ("accuracy", "parameters", "holds"),
    [(0.84, 43, True), (0.8409, 43, True), (0.8411, 43, False), (0.8389, 43, False), (0.84, 42, False)],
)
def test_a_claim_holds_with_the_same_count_and_a_tenth_of_a_point(accuracy, parameters, holds):
    assert entry(0.84, 43, Claims(parameters, accuracy)).claim_holds == holds


def test_of_clothes_the_most_accurate_come_first_and_of_equals_the_smallest():
    entries = [entry(0.9, 50), entry(0.8, 10), entry(0.9, 40)]
    assert sorted(entries, key=order) == [entries[2], entries[0], entries[1]]

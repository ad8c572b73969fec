"""Counting, against loops in Python, a table worked out by hand, and NumPy."""

from collections import Counter

import numpy as np
import pytest
from academy.lessons.lesson6.counts import cooccurrences, ppmi, svd_vectors
from scipy.sparse import csr_array


@pytest.mark.parametrize("window", [1, 3])
def test_counts_are_those_of_a_loop(tiny, window):
    expected = Counter()
    for first in range(len(tiny.ids)):
        for second in range(len(tiny.ids)):
            if 0 < abs(first - second) <= window and tiny.sentences[first] == tiny.sentences[second]:
                expected[tiny.ids[first].item(), tiny.ids[second].item()] += 1
    counts = cooccurrences(tiny, window).toarray()
    assert {tuple(place): counts[tuple(place)] for place in np.argwhere(counts).tolist()} == expected


def test_ppmi_of_a_table_worked_out_by_hand():
    # 10 pairs; P(first, first) = 0.4 against 0.5 · 0.6 by chance, P(first, second) = 0.1 against 0.5 · 0.4.
    counts = csr_array(np.array([[4.0, 1.0], [2.0, 3.0]]))
    expected = [[np.log(0.4 / 0.3), 0], [0, np.log(0.3 / 0.2)]]
    assert ppmi(counts, smoothing=1).toarray() == pytest.approx(np.array(expected))


def test_smoothing_makes_rare_contexts_less_surprising():
    counts = csr_array(np.array([[80.0, 1.0], [80.0, 0.0]]))  # contexts seen 160 times and once
    # 160^½ and 1 are the smoothed counts.
    expected = np.log(1 / (81 * 1 / (160**0.5 + 1)))
    assert ppmi(counts, smoothing=1).toarray()[0, 1] == pytest.approx(np.log(161 / 81))
    assert expected < 0
    assert ppmi(counts, smoothing=0.5).toarray()[0, 1] == 0


@pytest.mark.parametrize("power", [0, 0.5, 1])
def test_vectors_are_those_of_numpy_up_to_signs(power):
    matrix = np.random.default_rng(0).poisson(0.5, (30, 30)).astype(float)
    left, values, _ = np.linalg.svd(matrix)
    ours = svd_vectors(csr_array(matrix), 5, power).numpy()
    theirs = left[:, :5] * values[:5] ** power
    signs = np.sign((ours * theirs).sum(axis=0))
    assert ours * signs == pytest.approx(theirs, rel=1e-2, abs=1e-2)

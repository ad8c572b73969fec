"""Classes beside SciPy's softmax, and a table whose cells no spreadsheet computes."""

import csv
import io

import numpy as np
import pytest
import torch
from academy.apps.search.sorting import COLUMNS, Sorted, sort, table
from academy.apps.search.wordings import AS_WRITTEN
from color_words import ColorWords, Wheel
from scipy.special import softmax


def read(content: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def test_the_two_best_of_a_softmax_are_kept() -> None:
    engine, names = ColorWords(), ["red", "yellow", "blue"]
    found = sort(Wheel(), engine.features, names, AS_WRITTEN)
    cosines = engine.features.numpy() @ Wheel().texts(names).numpy().T
    expected = softmax(10 * cosines, axis=1)
    torch.testing.assert_close(
        found.probabilities, torch.from_numpy(np.sort(expected)[:, :-3:-1].copy()), check_dtype=False
    )
    assert found.best[:, 0].tolist() == expected.argmax(axis=1).tolist()


def test_of_equal_classes_the_first_named_wins() -> None:
    found = sort(Wheel(), ColorWords().features, ["red", "a red", "the red"], AS_WRITTEN)
    assert found.best.unique(dim=0).tolist() == [[0, 1]]


def test_piles_hold_every_picture_once_and_the_most_certain_first() -> None:
    probabilities = torch.tensor([[0.6, 0.4], [0.9, 0.1], [0.7, 0.3], [0.9, 0.1]])
    found = Sorted(["cat", "dog", "owl"], torch.tensor([[0, 1], [0, 1], [1, 0], [0, 2]]), probabilities)
    assert [(pile.name, pile.places) for pile in found.piles()] == [
        ("cat", [1, 3, 0]),
        ("dog", [2]),
        ("owl", []),
    ]


NAMES = [
    "=1+1.png",
    "+a.png",
    "-a.png",
    "@SUM(A1).png",
    "\t=1.png",
    "\r=1.png",
    'comma, "quote".png',
    "line\nend.png",
]


@pytest.fixture
def found() -> Sorted:
    best = torch.tensor([[0, 1]] * len(NAMES))
    return Sorted(["=cmd|' /C calc'!A0", "dog"], best, torch.tensor([[0.75, 0.25]] * len(NAMES)))


def test_no_cell_is_a_formula_and_every_name_comes_back_whole(found: Sorted) -> None:
    head, *rows = read(table(NAMES, found))
    assert head == [*COLUMNS] == ["file", "class", "probability", "second class", "second probability"]
    assert [row[0].removeprefix("'") for row in rows] == NAMES
    assert all(cell[0] not in "=+-@\t\r" for row in rows for cell in row)
    assert rows[0][1:] == ["'=cmd|' /C calc'!A0", "0.7500", "dog", "0.2500"]
    assert rows[6][0] == NAMES[6]


def test_the_table_is_the_same_each_time(found: Sorted) -> None:
    engine = ColorWords()
    tables = {
        table(engine.files, sort(Wheel(), engine.features, ["red", "cyan"], AS_WRITTEN)) for _ in range(3)
    }
    assert len(tables) == 1
    assert table(NAMES, found).startswith(b"\xef\xbb\xbffile,")


def test_names_that_are_no_text_are_written_all_the_same(found: Sorted) -> None:
    _, *rows = read(table(["\udcff.png"] * len(NAMES), found))
    assert rows[0][0] == "\\udcff.png"

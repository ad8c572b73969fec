"""Homework 6 as a notebook: what a blank one says of each task, and a solved one with an odd answer in it."""

import inspect

import pytest
import torch
from academy.lessons.lesson6.homework import homework

GIVEN = {"learned", "kept_back"}
ODD = {
    "None": None,
    "a number": 3,
    "a text": "text",
    "an empty list": [],
    "a list of None": [None] * 4,
    "a dict of None": dict.fromkeys(["good", "bad", "great", "terrible"]),
    "a tensor": torch.zeros(2, 3),
    "a function that gives None": lambda *given, **named: None,
    "a function that gives a number": lambda *given, **named: 3,
    "a function that gives a list of lists": lambda *given, **named: [[]],
    "a function that gives nan": lambda *given, **named: torch.tensor(float("nan")),
    "a function that takes nothing": lambda: [],
}


@pytest.mark.xdist_group("homework6")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework6").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(" ".join(map(str, results)).split())
    for said in [
        "`tokenize` returns nothing.",
        "`vocabulary` is missing.",
        "in the cell of task 2,",
        "`read_text` returns nothing.",
        "`pad` returns nothing.",
        "`model` is missing.",
        "`accuracy` is missing.",
        "in the cell of task 5,",
        "`packaged` is missing.",
        "`own_vectors` is missing.",
        "in the cell of task 6,",
    ]:
        assert said in printed


@pytest.mark.xdist_group("homework6")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("number", range(1, len(homework.tasks) + 1))
def test_an_odd_answer_becomes_a_sentence(solved, number, odd):
    names = solved("homework6").names
    for name in inspect.signature(homework.tasks[number - 1][1]).parameters.keys() - GIVEN:
        found = homework.result(number, names | {name: odd})
        assert not found.solved, f"{name} may be odd"
        assert all(finding.look for finding in found.findings if not finding.right)

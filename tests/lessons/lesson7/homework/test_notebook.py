"""Homework 7 as a notebook: what a blank one says of each task, and a solved one with an odd answer in it."""

import inspect

import pytest
import torch
from academy.lessons.lesson7.homework import homework

GIVEN = {"models", "entries"}
KEPT = [number for number in range(1, len(homework.tasks) + 1) if number != 6]
"""Tasks whose answers outlive the grader. Of task 6 the folder does not: ``test_tuning.py`` asks about it."""
ODD = {
    "None": None,
    "a number": 3,
    "a text": "text",
    "an empty list": [],
    "a list of None": [None] * 10,
    "a dict of None": dict.fromkeys(["before", "separator", "pronoun"]),
    "a tensor": torch.zeros(2, 3),
    "a function that gives None": lambda *given, **named: None,
    "a function that gives a number": lambda *given, **named: 3,
    "a function that gives a list of lists": lambda *given, **named: [[]],
    "a function that gives nan": lambda *given, **named: torch.tensor(float("nan")),
    "a function that takes nothing": lambda: [],
}


@pytest.mark.xdist_group("homework7")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework7").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(" ".join(map(str, results)).split())
    for said in [
        "`sentences` is missing.",
        "`sure_wrong` is missing.",
        "in the cell of task 1,",
        "`pairs` is missing.",
        "`distinct` returns nothing.",
        "`table` is missing.",
        "`train` is missing.",
        "`counted` is missing.",
        "`folder` is missing.",
        "in the cell of task 6,",
        "`heads` is missing.",
        "`guesses` is missing.",
        "in the cell of task 8,",
    ]:
        assert said in printed


@pytest.mark.xdist_group("homework7")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("number", KEPT)
def test_an_odd_answer_becomes_a_sentence(solved, number, odd):
    names = solved("homework7").names
    for name in inspect.signature(homework.tasks[number - 1][1]).parameters.keys() - GIVEN:
        found = homework.result(number, names | {name: odd})
        assert not found.solved, f"{name} may be odd"
        assert all(finding.look for finding in found.findings if not finding.right)

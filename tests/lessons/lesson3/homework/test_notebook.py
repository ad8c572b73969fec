"""Homework 3 as a notebook: what a blank one says of each task, and a solved one with an odd answer in it."""

import inspect

import pytest
import torch
from academy.lessons.lesson3.homework import homework

ODD = {
    "None": None,
    "a number": 3,
    "a text": "text",
    "an empty list": [],
    "a list of None": [None] * 5,
    "a dict of None": dict.fromkeys("ABCDE"),
    "a pair of tensors": (torch.zeros(2, 3), torch.zeros(2)),
    "a tensor": torch.zeros(2, 3),
    "a function that gives None": lambda *given, **named: None,
    "a function that gives lists": lambda *given, **named: [[]],
    "a function that gives nan": lambda *given, **named: torch.tensor(float("nan")),
    "a function that takes nothing": lambda: [],
}


@pytest.mark.xdist_group("homework3")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework3").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(" ".join(map(str, results)).split())
    for said in [
        "`output_sides` returns nothing.",
        "`wide` is missing.",
        "`faults` has nothing for A.",
        "Measuring has changed",
        "`training` is missing.",
        "`kept_back` is missing.",
        "`cnn` is missing.",
        "in the cell of task 6,",
        "`exciting` is missing.",
        "in the cell of task 7,",
    ]:
        assert said in printed


@pytest.mark.xdist_group("homework3")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("number", range(1, len(homework.tasks) + 1))
def test_an_odd_answer_becomes_a_sentence(solved, number, odd):
    names = solved("homework3").names
    for name in inspect.signature(homework.tasks[number - 1][1]).parameters:
        found = homework.result(number, names | {name: odd})
        assert not found.solved, f"{name} may be odd"
        assert all(finding.look for finding in found.findings if not finding.right)

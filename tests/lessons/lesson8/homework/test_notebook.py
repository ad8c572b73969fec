"""Homework 8 as a notebook: what a blank one says of each task, and a solved one with an odd answer in it."""

import inspect

import pytest
import torch
from academy.lessons.lesson8.homework import homework

GIVEN = {"model", "words", "labeled", "validation", "test", "shots"}
ODD = {
    "None": None,
    "a number": 3,
    "a text": "text",
    "an empty list": [],
    "a list of None": [None] * 10,
    "a dict of None": dict.fromkeys(["nearest", "probe"]),
    "a tensor": torch.zeros(2, 3),
    "a function that gives None": lambda *given, **named: None,
    "a function that gives a number": lambda *given, **named: 3,
    "a function that gives two texts": lambda *given, **named: ("one", "other"),
    "a function that gives nan": lambda *given, **named: torch.tensor(float("nan")),
    "a function that takes nothing": lambda: [],
}
NO_NUMBER = {("worth", "None"), ("clear", "an empty list")}
"""Odd values that are right: here nothing is clear; that no number of labels is enough, another test says."""


@pytest.mark.xdist_group("homework8")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework8").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(" ".join(map(str, results)).split())
    for said in [
        "`class_vectors` returns nothing.",
        "`interval` returns nothing.",
        "`validation_right` is missing.",
        "in the cell of task 3,",
        "`curves` is missing.",
        "`worth` is missing.",
        "in the cell of task 4,",
        "`by_names` is missing.",
        "in the cell of task 5,",
        "`make_app` returns nothing.",
    ]:
        assert said in printed


@pytest.mark.xdist_group("homework8")
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("number", range(1, len(homework.tasks) + 1))
def test_an_odd_answer_becomes_a_sentence(solved, number, odd):
    names = solved("homework8").names | {"shots": (1, 4)}
    curves = {name: {count: row[count] for count in (1, 4)} for name, row in names["curves"].items()}
    names = names | {"curves": curves}
    for name in inspect.signature(homework.tasks[number - 1][1]).parameters.keys() - GIVEN:
        found = homework.result(number, names | {name: ODD[odd]})
        assert not found.solved or (name, odd) in NO_NUMBER, f"{name} may be odd"
        assert all(finding.look for finding in found.findings if not finding.right)

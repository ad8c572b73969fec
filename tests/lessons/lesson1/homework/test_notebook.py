"""Homework 1 as a notebook: what a blank one says."""

import pytest
from academy.lessons.lesson1.homework import homework


@pytest.mark.xdist_group("homework1")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework1").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(map(str, results))
    for said in [
        "`parameters_of` returns nothing.",
        "After 3 steps no weight has moved.",
        "`first_net` is missing.",
        "`second_net` is missing.",
        "`counts` returns nothing.",
        "`crowds` is missing.",
        "`verdicts` is missing.",
        "`shallow_net` is missing.",
        "`deep_net` is missing.",
    ]:
        assert said in " ".join(printed.split())

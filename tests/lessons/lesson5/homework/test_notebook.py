"""Homework 5 as a notebook: what a blank one says of each task."""

import pytest
from academy.lessons.lesson5.homework import homework


@pytest.mark.xdist_group("homework5")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework5").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(" ".join(map(str, results)).split())
    for said in [
        "`kl` returns nothing.",
        "`draw` returns nothing.",
        "`encoder` returns nothing.",
        "`models` is missing.",
        "`recipes` is missing.",
        "`table` is missing.",
        "`most` is missing.",
        "in the cell of task 4,",
        "in the cell of task 5,",
        "`new_codes` returns nothing.",
    ]:
        assert said in printed

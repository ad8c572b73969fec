"""Homework 6 as a notebook: what a blank one says of each task."""

import pytest
from academy.lessons.lesson6.homework import homework


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

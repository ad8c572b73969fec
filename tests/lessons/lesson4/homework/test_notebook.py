"""Homework 4 as a notebook: what a blank one says of each task."""

import pytest
from academy.lessons.lesson4.homework import homework


@pytest.mark.xdist_group("homework4")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework4").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(" ".join(map(str, results)).split())
    for said in [
        "`backbone` is missing.",
        "`index` is missing.",
        "`result` is missing.",
        "in the cell of task 1,",
        "in the cell of task 3,",
        "in the cell of task 5,",
    ]:
        assert said in printed
    given = names | {"backbone": 0, "index": 0, "result": 0}
    empty = " ".join(str(homework.result(number, given)) for number in range(1, len(homework.tasks) + 1))
    for name in ("prepare", "search", "measures", "make_app"):
        assert f"`{name}` returns nothing." in empty

"""Homework 1 as a notebook: what a blank one says."""

import homework_notebooks


def test_a_blank_notebook_says_of_each_task_what_is_missing():
    _, printed = homework_notebooks.run_blank("homework1")
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

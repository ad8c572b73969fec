"""The solved notebook of Homework 2, and answers in place of its own."""

import homework_notebooks
import pytest
import torch
from academy.lessons.lesson2.homework import homework


@pytest.fixture(scope="session", params=[homework_notebooks.together("homework2")])
def names(request, solved):
    """The names that the solved notebook leaves."""
    left = solved(request.param).names
    return left | {"trial": remembered(left["trial"])}


def remembered(trial):
    """The solution's trial, which trains a recipe once for all tests: it gives the same again, as graded."""
    run = {}

    def run_once(recipe):
        key = str(sorted(recipe.items(), key=str))
        if key not in run:
            run[key] = trial(recipe)
        return run[key]

    return run_once


@pytest.fixture
def result(names):
    """Checks answers to a task, made from the solution's names and put in their place."""

    def checked(task, answers):
        torch.manual_seed(0)
        return homework.result(task, names | answers(names))

    return checked


@pytest.fixture
def decaying():
    """Recipes with a key of the student's own, without which they do not run."""

    def answers(names):
        def trial(recipe):
            assert recipe["decay"] == 0
            return names["trial"](recipe)

        changed = {"table": [row | {"decay": 0} for row in names["table"]], "trial": trial}
        rivals = [row | {"decay": 0} for row in names["rivals"]]
        return changed | {"choice": rivals[0], "rivals": rivals}

    return answers

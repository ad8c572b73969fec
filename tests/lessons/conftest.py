"""What all tests of lessons share: homework, graded once."""

from functools import cache

import homework_notebooks
import pytest


@pytest.fixture(scope="session")
def solved(tmp_path_factory):
    """Grades a homework's notebook as the book solves it, once for all tests.

    They look at what it leaves and change nothing.
    """
    return cache(lambda name: graded(name, homework_notebooks.solved(name), tmp_path_factory))


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """Grades a homework's notebook as a student gets it, once for all tests."""
    return cache(lambda name: graded(name, homework_notebooks.blank(name), tmp_path_factory))


def graded(name, notebook, tmp_path_factory):
    return homework_notebooks.graded(name, notebook, tmp_path_factory.mktemp(name))

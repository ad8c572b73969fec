"""The GPT that writes and reads, in a browser."""

from html import escape

import pytest
from academy.lessons.lesson7.in_page import facts
from feature_maps_page import written
from interactive_page import bare_page, calculator, visitor
from next_token_page import NAME, lesson_net


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp(NAME)


@pytest.fixture(scope="session")
def files(folder) -> str:
    """What the page is told of the files that run the net."""
    return written(folder, lesson_net())


@pytest.fixture(scope="session")
def bare(folder, files):
    with bare_page(folder, NAME, files=escape(files), value=escape(facts())) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser, bare):
    with calculator(browser, bare, NAME) as calculated:
        yield calculated


@pytest.fixture
def visit(browser, bare):
    with visitor(browser, bare, NAME, ".next-token .asks") as opened:
        yield opened

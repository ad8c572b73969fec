"""A text so small that its pairs can be counted by eye."""

import pytest
from academy.lessons.lesson6.corpus import corpus_of, tokens

TEXT = [
    "The river runs to the sea; the sea is deep.",
    "A river is deep.",
    "The doctor's red car runs.",
    "A deep, red sea.",
]


@pytest.fixture(scope="session")
def tiny():
    return corpus_of([tokens(sentence) for sentence in TEXT], min_count=1)


@pytest.fixture(scope="session")
def frequent():
    return corpus_of([tokens(sentence) for sentence in TEXT], min_count=2)

"""The embedding explorer in a browser, with the words that the lesson gives its page."""

import gzip
import json
from html import escape

import pytest
import torch
from academy.data.word_vectors import word_vectors
from academy.lessons.lesson6 import explorer
from academy.web import exports
from interactive_page import bare_page, calculator, visitor
from torch.nn import functional as F

NAME = "embedding-explorer"
FILE = "words.0123456789ab.gz"


@pytest.fixture(scope="session")
def words():
    """The words, the most frequent first."""
    return explorer.common_words(word_vectors().words, 5000, explorer.ALSO)


@pytest.fixture(scope="session")
def rounded(words):
    """Their vectors, a byte a number."""
    known, vectors = word_vectors()
    rows = {word: row for row, word in enumerate(known)}
    return explorer.in_bytes(F.normalize(vectors[[rows[word] for word in words]]))


@pytest.fixture(scope="session")
def directions(rounded):
    """The same with length 1, shape (5000, 300), float64."""
    return F.normalize(rounded.to(torch.float64)).numpy()


@pytest.fixture(scope="session")
def content(words, rounded):
    """The file that the page gets."""
    given = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "in_book", lambda: True)
        patch.setattr(exports, "glue", lambda name, exported: given.append(exported.content))
        exports.export_data(explorer.with_spread(rounded), {"words": words}, "lesson6-words")
    return given[0]


@pytest.fixture(scope="session")
def packed(content):
    """The file as the site has it."""
    return gzip.compress(content)


@pytest.fixture(scope="session")
def files(packed):
    """What the directive says of it."""
    return json.dumps({"data": {"address": FILE, "bytes": len(packed)}})


@pytest.fixture(scope="session")
def bare(tmp_path_factory, packed, files):
    folder = tmp_path_factory.mktemp(NAME)
    (folder / FILE).write_bytes(packed)
    with bare_page(folder, NAME, data=escape(files)) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser, bare):
    with calculator(browser, bare, NAME) as calculated:
        yield calculated


@pytest.fixture
def visit(browser, bare):
    with visitor(browser, bare, NAME, ".embedding-explorer td") as opened:
        yield opened

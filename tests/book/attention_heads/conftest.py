"""What heads look at: on a bare page, with the sentences that come along, and on the lesson's."""

import gzip
import html
import json

import pytest
from academy.data.sentences import sentence_split
from academy.lessons.lesson7.first_layers import PLACES, FirstLayers, vocabulary
from academy.lessons.lesson7.seen_sentences import EXAMPLES, sentences_seen
from academy.nets.minilm import pieces_of
from interactive_page import bare_page, calculator, visitor
from lesson_visits import visits
from safetensors.torch import save

NAME = "attention-heads"
LESSON = "lessons/7-transformers/lesson7.html"
lesson_visit = visits(LESSON, NAME, ".attention-heads .from [role=option]")


@pytest.fixture(scope="session")
def net() -> FirstLayers:
    return FirstLayers().eval()


@pytest.fixture(scope="session")
def sentences() -> list[str]:
    """Fifty that the page reads whole."""
    texts = sentence_split().validation.texts
    return [text for text in texts if len(pieces_of(text)) <= PLACES][:50]


@pytest.fixture(scope="session")
def bare(tmp_path_factory, net):
    folder = tmp_path_factory.mktemp(NAME)
    written = sentences_seen(net, EXAMPLES)
    texts = {"pieces": vocabulary(), "examples": written}
    data = save({}, {name: json.dumps(each, ensure_ascii=False) for name, each in texts.items()})
    (folder / "pieces.gz").write_bytes(gzip.compress(data))
    size = (folder / "pieces.gz").stat().st_size
    listed = {
        "data": json.dumps({"data": {"address": "pieces.gz", "bytes": size}}),
        "files": json.dumps({"model": {"address": "models/missing.gz", "bytes": 17_000_000}}),
        "value": written[0],
    }
    with bare_page(folder, NAME, **{name: html.escape(each) for name, each in listed.items()}) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser, bare):
    with calculator(browser, bare, NAME) as calculated:
        yield calculated


@pytest.fixture
def visit(browser, bare):
    with visitor(browser, bare, NAME, ".attention-heads .from [role=option]") as opened:
        yield opened

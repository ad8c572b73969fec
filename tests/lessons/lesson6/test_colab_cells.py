"""The cell of Lesson 6 that fetches GloVe, on a few made-up words from a stand-in server on loopback."""

import gzip

import pytest
import torch
from academy.data.word_vectors import Analogy, glove
from academy.lessons.lesson6 import neighbors
from chapter_cells import run_colab_cell
from sites import ROOT

CHAPTER = ROOT / "lessons/6-word-embeddings/lesson6.md"
ASKED = ["river", "bank", "good", "witty"]


@pytest.fixture
def made_up(served):
    """Eleven words, the first four of which the cell asks for, as word2vec's text format has them."""
    numbers = torch.randn(11, 100, generator=torch.Generator().manual_seed(0))
    words = [*ASKED, "the", "café", "man", "king", "woman", "queen", "of"]
    rows = [
        " ".join([word, *(f"{number:.6g}" for number in row)]) for word, row in zip(words, numbers.tolist())
    ]
    text = "\n".join(["11 100", *rows, ""])
    served("glove", {"glove-wiki-gigaword-100.gz": gzip.compress(text.encode())})
    return words, numbers


def test_words_come_in_their_order_with_their_vectors(made_up):
    words, numbers = made_up
    known = glove()
    assert known.words == tuple(words)
    torch.testing.assert_close(known.vectors, numbers, atol=1e-4, rtol=1e-4)
    assert glove(6).words == tuple(words[:6])
    with pytest.raises(ValueError, match="no 0 words"):
        glove(0)


def test_the_cell_asks_them_what_the_first_screen_asks(made_up, capsys):
    family = [Analogy("man", "king", "woman", "queen")]
    names = run_colab_cell(
        CHAPTER, "# GloVe", glove=glove, neighbors=neighbors, analogies=lambda: {"family": family}
    )
    assert len(names["more"].words) == 11
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said[:4]] == ASKED
    assert said[4].startswith("family, given words left out: True, ")
    assert said[4].endswith("% of 1")

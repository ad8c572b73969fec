"""Files for the Embedding Projector, read back line by line."""

import pytest
import torch
from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6.projector import write_projection

KNOWN = WordVectors(("river", "naïve", "sea"), torch.tensor([[0.5, -1.25], [1e-7, 3.0], [0.1, 0.2]]))


def test_words_and_numbers_stand_in_the_same_rows(tmp_path):
    folder = write_projection(KNOWN, tmp_path / "projection")
    rows = (folder / "vectors.tsv").read_text(encoding="utf-8").splitlines()
    words = (folder / "metadata.tsv").read_text(encoding="utf-8").splitlines()
    assert words == ["river", "naïve", "sea"]
    assert torch.allclose(
        torch.tensor([[float(part) for part in row.split("\t")] for row in rows]), KNOWN.vectors
    )


@pytest.mark.parametrize("word", ["", "a\tb", "a\nb", "a\r", "\n", "a\u2028b"])
def test_words_that_would_shift_the_rows_are_refused_and_nothing_is_written(tmp_path, word):
    with pytest.raises(ValueError, match="leave it out"):
        write_projection(WordVectors(("river", word), KNOWN.vectors[:2]), tmp_path / "projection")
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_as_it_is(tmp_path):
    (tmp_path / "metadata.tsv").write_text("mine")
    with pytest.raises(OSError):  # noqa: PT011
        write_projection(KNOWN, tmp_path)
    assert (tmp_path / "metadata.tsv").read_text() == "mine"

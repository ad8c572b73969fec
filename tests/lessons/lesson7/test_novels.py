"""Which novels nothing is learned from, and their tokens."""

import pytest
from academy.data.austen import novels
from academy.lessons.lesson7.novels import MERGES, austen_byte_pairs, austen_split, tokens_of

pytestmark = pytest.mark.slow


def test_no_chapter_is_on_both_sides():
    split = austen_split()
    for novel in novels():
        held_out = novel.title in ("Northanger Abbey", "Persuasion")
        assert all((chapter in split.train) != held_out for chapter in novel.chapters)
    assert split.test.startswith("Sir Walter Elliot, of Kellynch Hall")
    assert split.validation.startswith("No one who had ever seen Catherine Morland")


def test_tokens_are_the_text_and_shorter():
    text = austen_split().test[:5000]
    ids = tokens_of(text)
    assert austen_byte_pairs().decode(ids.tolist()) == text
    assert ids.max() < 256 + MERGES
    assert 2.3 < len(text) / len(ids) < 3.5

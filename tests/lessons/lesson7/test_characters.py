"""Characters and back; which novels nothing is learned from."""

from academy.data.austen import novels
from academy.lessons.lesson7.characters import ALPHABET, austen_split, decode, encode


def test_what_is_printed_comes_back():
    text = '"Yes," said she;--and he, (10 years older) wasn\'t sorry!\n'
    assert decode(encode(text)) == text
    assert sorted(encode(ALPHABET).tolist()) == list(range(96))


def test_a_character_without_an_id_is_a_question_mark():
    assert decode(encode("a£b\tc")) == "a?b?c"


def test_no_chapter_is_on_both_sides():
    split = austen_split()
    train = decode(split.train)
    for novel in novels():
        held_out = novel.title in ("Northanger Abbey", "Persuasion")
        assert all((chapter.replace("£", "?") in train) != held_out for chapter in novel.chapters)
    assert decode(split.test).startswith("Sir Walter Elliot, of Kellynch Hall")
    assert decode(split.validation).startswith("No one who had ever seen Catherine Morland")

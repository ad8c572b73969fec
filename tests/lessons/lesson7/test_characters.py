"""Characters and back."""

from academy.lessons.lesson7.characters import ALPHABET, decode, encode


def test_what_is_printed_comes_back():
    text = '"Yes," said she;--and he, (10 years older) wasn\'t sorry!\n'
    assert decode(encode(text)) == text
    assert sorted(encode(ALPHABET).tolist()) == list(range(96))


def test_a_character_without_an_id_is_a_question_mark():
    assert decode(encode("a£b\tc")) == "a?b?c"

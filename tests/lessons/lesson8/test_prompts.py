"""Kinds written as prompts."""

from academy.lessons.lesson8.kinds_apart import kinds
from academy.lessons.lesson8.prompts import TEMPLATES, WORDINGS, filled, prompts


def test_a_word_gets_the_article_that_it_needs():
    assert filled("a photo of a {}", "animal") == "a photo of an animal"
    assert filled("a photo of a {}", "plant") == "a photo of a plant"
    assert filled("{}, emoji", "animal") == "animal, emoji"


def test_each_word_is_in_each_template():
    assert prompts(["cat", "dog"], ["{}", "the {}"]) == [("cat", "the cat"), ("dog", "the dog")]


def test_there_are_a_dozen_templates_and_both_wordings_name_all_kinds_in_order():
    assert len(set(TEMPLATES)) == len(TEMPLATES) >= 12
    for words in WORDINGS.values():
        assert tuple(words) == kinds()
        assert len(set(words.values())) == 12

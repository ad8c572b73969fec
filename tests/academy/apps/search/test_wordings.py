"""Templates and their ensemble, beside the chapter's own."""

import pytest
import torch
from academy.apps.search.emoji_model import EmojiModel
from academy.apps.search.wordings import (
    AS_WRITTEN,
    AVERAGED,
    choices,
    templates_of,
    text_vectors,
    worded,
)
from academy.lessons.lesson8.prompts import TEMPLATES, prompts
from academy.lessons.lesson8.shipped import clip
from academy.lessons.lesson8.zero_shot import class_vectors


def test_each_template_of_the_chapter_can_be_chosen_and_all_together() -> None:
    values = [value for _, value in choices()]
    assert len(values) == len(set(values)) == len(TEMPLATES) + 1
    assert {templates_of(value) for value in values} == {*((each,) for each in TEMPLATES), TEMPLATES}
    assert all(text and "{" not in text for text, _ in choices())


@pytest.mark.parametrize("choice", [None, "", "unknown", 3, [AVERAGED], float("nan")])
def test_what_is_no_choice_leaves_the_words_as_written(choice: object) -> None:
    assert templates_of(choice) == (AS_WRITTEN,)


@pytest.mark.parametrize(
    ("words", "template", "text"),
    [
        ("a unicorn", "{}", "a unicorn"),
        ("a red fruit", "a photo of a {}", "a photo of a red fruit"),
        ("The owl", "a drawing of a {}", "a drawing of an owl"),
        ("antelope", "the {}", "the antelope"),
        ("panda bear", "a {}", "a panda bear"),
        ("{} {0}", "this is a {}", "this is a {} {0}"),
        ("a", "the {}", "the a"),
    ],
)
def test_words_are_put_into_a_template_with_one_article(words: str, template: str, text: str) -> None:
    assert worded(words, template) == text


@pytest.mark.slow
def test_an_ensemble_is_that_of_the_chapter() -> None:
    words = ["animal", "piece of clothing", "sign"]
    expected = class_vectors(clip(), prompts(words, TEMPLATES))
    found = text_vectors(EmojiModel(), words, templates_of(AVERAGED))
    torch.testing.assert_close(found, expected)

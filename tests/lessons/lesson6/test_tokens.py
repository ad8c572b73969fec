"""Texts cut at spaces and by the rule."""

import pytest
from academy.data.text import rated_sentences
from academy.lessons.lesson6.tokens import rule_tokens, whitespace_tokens

CUT = {
    "Good, not great!": ["Good", ",", "not", "great", "!"],
    "don't — it’s 'fine'": ["don't", "—", "it’s", "'", "fine", "'"],
    "well-made (2002)...": ["well", "-", "made", "(", "2002", ")", ".", ".", "."],
    "cafe\u0301 = café": ["café", "=", "café"],
    "Մեքենան կարդում է բառեր։": ["Մեքենան", "կարդում", "է", "բառեր", "։"],
    "so good 🙂🙂": ["so", "good", "🙂", "🙂"],
    "one\r\ntwo\tthree\n": ["one", "two", "three"],
    " \n ": [],
}


@pytest.mark.parametrize(("text", "tokens"), CUT.items(), ids=range(len(CUT)))
def test_the_rule_keeps_words_and_marks_apart(text, tokens):
    assert rule_tokens(text) == tokens


def test_the_rule_loses_nothing_but_spaces():
    for text in rated_sentences("editorials").texts[:500]:
        assert "".join(rule_tokens(text)) == "".join(text.split())


def test_at_spaces_marks_stay_with_their_words():
    assert whitespace_tokens(" Good,\r\nnot great! ") == ["Good,", "not", "great!"]

"""Task 1: ways of cutting with a fault each, and right ones unlike ours."""

import itertools
import re
import unicodedata

import pytest
from academy.lessons.lesson6.tokens import rule_tokens
from sklearn.feature_extraction.text import CountVectorizer
from tokenizers.pre_tokenizers import BertPreTokenizer

STOP_WORDS = {"a", "the", "and", "for", "it"}


def ours(text):
    return rule_tokens(text.lower())


def in_threes(text):
    return [part for token in ours(text) for part in re.findall(".{1,3}", token)]


def without_accents(text):
    return ours("".join(unicodedata.normalize("NFD", letter)[0] for letter in text))


WRONG = [
    (lambda text: None, "`tokenize` returns nothing"),
    (lambda text: text.lower(), "gives a str, not a list"),
    (lambda text: iter(ours(text)), "`list(…)` makes one of an iterator"),
    (lambda text: set(ours(text)), "gives a set, not a list"),
    (lambda text: [match for match in re.finditer(r"\w+", text)], "each token is a `str`"),
    (lambda text: re.findall(r"(\w+)|([^\w\s])", text.lower()), "where its rule has groups"),
    (lambda text: text.lower().split(), "a mark and a word in one"),
    (lambda text: re.sub(r"([^\w\s])", r" \1 ", text.lower()).split(" "), "gives a token without a letter"),
    (lambda text: re.split(r"([ ,.;!?])", text.lower()), "gives a token without a letter"),
    (lambda text: [part for part in re.split(r"(\W)", text.lower()) if part], "with a space in it"),
    (lambda text: re.findall(r"\w+", text.lower()), "a mark is a token of its own"),
    (lambda text: re.findall(r"[a-z0-9_]+|[^\w\s]", text.lower()), "`[a-z]` knows no letters"),
    (lambda text: re.findall(r"[^\W\d]+|[^\w\s]", text.lower()), "numbers are tokens, too"),
    (lambda text: re.findall(r"[^\W_]+|[^\w\s]", text.lower()), "loses '_'"),
    (lambda text: [token for token in ours(text) if token.isascii()], "knows no letters of other"),
    (without_accents, "an accent belongs to its letter"),
    (lambda text: [token for token in ours(text) if token not in STOP_WORDS], "loses 'a'"),
    (lambda text: list(dict.fromkeys(ours(text))), "no `set`, no `dict`"),
    (lambda text: sorted(ours(text)), "in another order"),
    (lambda text: ours(text) * 2, "more often than the text has it"),
    (rule_tokens, "small letters alone"),
    (lambda text: [letter for letter in text.lower() if not letter.isspace()], "these are letters"),
    (in_threes, "stays in one piece"),
    (lambda: [], "TypeError"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(1, tokenize=wrong)
    assert not found.solved
    assert helps in str(found)


def letter_by_letter(text):
    """Words of one kind of letter in a row, by what Unicode says of each."""
    kinds = itertools.groupby(text.casefold(), lambda letter: unicodedata.category(letter)[0] in "LNM")
    return [
        token
        for is_word, letters in kinds
        for token in (["".join(letters)] if is_word else letters)
        if token.strip()
    ]


def of_bert(text):
    return [token for token, _ in BertPreTokenizer().pre_tokenize_str(text.lower())]


RIGHT = {
    "ours": ours,
    "runs of marks": lambda text: re.findall(r"[\w]+|[^\w\s]+", text.lower()),
    "spaces put around marks": lambda text: re.sub(r"([^\w\s'’-])", r" \1 ", text.lower()).split(),
    "apostrophes cut": lambda text: re.findall(r"'?\w+|[^\w\s]", text.lower()),
    "letter by letter": letter_by_letter,
    "scikit-learn": CountVectorizer(token_pattern=r"\w+|[^\w\s]").build_analyzer(),
    "the library tokenizers": of_bert,
    "letters taken apart": lambda text: re.findall(
        r"[\w\u0300-\u036f]+|[^\w\s]", unicodedata.normalize("NFD", text.lower())
    ),
}


@pytest.mark.parametrize("tokenize", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, tokenize):
    found = checked(1, tokenize=tokenize)
    assert found.solved, str(found)

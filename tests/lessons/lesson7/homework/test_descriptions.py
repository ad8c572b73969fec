"""Task 8: descriptions that foretell too little or nothing, and right ones written differently."""

from functools import cache

import pytest
import torch
from academy.lessons.lesson7.homework.pronouns import GIVEN
from academy.nets.minilm import attention, pieces_of

HEADS = {"before": (0, 2), "separator": (0, 0), "pronoun": (1, 3)}
OWN = [
    ("The clown lost his hat.", "his", "clown"),
    ("My brother says that he is ill.", "he", "brother"),
    ("The girls sold their boat.", "their", "girls"),
    ("The princess knew that she would win.", "she", "princess"),
    ("The judge washed his car.", "his", "judge"),
    ("The guests left because they were bored.", "they", "guests"),
    ("Mary cleaned her room.", "her", "mary"),
    ("The thief hid himself.", "himself", "thief"),
    ("The captain said he was sorry.", "he", "captain"),
    ("The bird built its nest.", "its", "bird"),
]
SKIPPED = {"[CLS]", "the", "a", "my", "our", "two", "old", "when"}


def before(pieces, place):
    return place - 1


def separator(pieces, place):
    return len(pieces) - 1 if pieces[place] in {"the", "."} else 0


def pronoun(pieces, place):
    return next(number for number, piece in enumerate(pieces) if piece not in SKIPPED)


def from_the_end(pieces, place):
    """Places below 0 count from the end."""
    return -1 if pieces[place] in ("the", ".", "of") else torch.tensor(0)


def after_an_article(pieces, place):
    articles = [number for number, piece in enumerate(pieces[:place]) if piece in ("the", "my", "our", "two")]
    return articles[0] + 1 + (pieces[articles[0] + 1] == "old") if articles else 1.0


GUESSES = {"before": before, "separator": separator, "pronoun": pronoun}


@cache
def most(text):
    """Where each piece looks most, in every head."""
    return attention(text).argmax(dim=-1)


def told(guesses, sentences=OWN):
    shares = {}
    for name, (layer, head) in HEADS.items():
        hits = []
        for text, pronoun, _ in sentences:
            pieces = pieces_of(text)
            places = [pieces.index(pronoun)] if name == "pronoun" else range(1, len(pieces) - 1)
            hits += [
                int(guesses[name](pieces, place)) % len(pieces) == most(text)[layer, head, place].item()
                for place in places
            ]
        shares[name] = sum(hits) / len(hits)
    return shares


def answered(**guesses):
    guesses = GUESSES | guesses
    return {"heads": HEADS, "guesses": guesses, "own_sentences": OWN, "told": told(guesses)}


@pytest.fixture(scope="module")
def answers():
    """A right answer to all of the task."""
    return answered()


@pytest.mark.parametrize("separator", [separator, from_the_end])
@pytest.mark.parametrize("pronoun", [pronoun, after_an_article])
def test_a_right_answer_written_differently_is_accepted(checked, separator, pronoun):
    found = checked(8, **answered(separator=separator, pronoun=pronoun))
    assert found.solved, str(found)


def of_one_form(count):
    """Sentences that differ in nothing but the pronoun and its word, and others up to ten."""
    who = ["cook", "judge", "singer", "farmer", "king", "nurse", "doctor", "girl", "boy", "clown"]
    return [(f"The {word} lost his keys.", "his", word) for word in who[:count]] + OWN[1 : 11 - count]


def test_three_sentences_may_be_of_one_form(checked):
    own = of_one_form(3)
    assert checked(8, **answered() | {"own_sentences": own, "told": told(GUESSES, own)}).solved


def test_sentences_may_be_lists_and_more_than_ten(checked):
    own = [*map(list, OWN), ["The wolf licked its paw.", "its", "wolf"]]
    given = answered() | {"own_sentences": own, "told": told(GUESSES, own)}
    assert checked(8, **given).solved


def poor(**guesses):
    """Give a description that foretells little, and tell so honestly."""
    return lambda given: answered(**guesses)


def with_own(*more, count=9):
    return lambda given: {"own_sentences": [*OWN[:count], *more]}


WRONG = [
    (lambda given: {"guesses": list(GUESSES.values())}, "`guesses` is no dict"),
    (lambda given: {"guesses": GUESSES | {"before": -1}}, "`guesses['before']` is a int"),
    (
        lambda given: {"guesses": GUESSES | {"before": lambda pieces, place: pieces[place - 1]}},
        "gives '[CLS]'",
    ),
    (lambda given: {"guesses": GUESSES | {"separator": lambda pieces, place: None}}, "gives None"),
    (lambda given: {"guesses": GUESSES | {"separator": lambda pieces: 0}}, "TypeError"),
    (poor(before=lambda pieces, place: place), "what does every look have in common"),
    (poor(separator=lambda pieces, place: len(pieces) - 1), "where do all others look"),
    (poor(separator=lambda pieces, place: 0), "where do all others look"),
    (poor(pronoun=lambda pieces, place: 0), "which noun does a pronoun look at"),
    (poor(pronoun=before), "which noun does a pronoun look at"),
    (with_own(), "`own_sentences` has 9"),
    (with_own(GIVEN[0]), "is one of `GIVEN`"),
    (with_own(OWN[0]), "twice"),
    (with_own(("The cook sang.", "he")), "three texts"),
    (with_own(("The cook burned his hand.", "His", "cook")), "'His' stands 0 times"),
    (with_own(("The cook saw the cook and his hand.", "his", "cook")), "'cook' stands 2 times"),
    (lambda given: {"own_sentences": of_one_form(4)}, "4 of `own_sentences` have one form"),
    (lambda given: {"own_sentences": of_one_form(10)}, "'the … lost … keys .'"),
    (lambda given: {"told": given["told"] | {"pronoun": 0.05}}, "in your ten sentences"),
    (lambda given: {"told": list(given["told"].values())}, "`told` is no dict"),
    (lambda given: {"heads": None}, "`heads` is no dict"),
    (lambda given: {"heads": HEADS | {"before": (6, 0)}}, "There is no head (6, 0)"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, answers, change, helps):
    found = checked(8, **answers | change(answers))
    assert not found.solved
    assert helps in str(found)

"""Task 2: pairs that differ in more than one thing, shares that are others, and right ones."""

import pytest
from academy.lessons.lesson7.finetuning import logits_of
from academy.lessons.lesson7.homework.pairs import differences

PAIRS = [
    ("The cast is great.", True, "The cast is not great.", False),
    ("I liked the music.", True, "I did not like the music.", False),
    ("The story is boring.", False, "The story is never boring.", True),
    ("This film is dull.", False, "This film is anything but dull.", True),
    ("A sad and ugly film.", False, "A sad and lovely film.", True),
]
NAMES = [
    (f"{name} made a film about {thing}.", True, f"{other} made a film about {thing}.", True)
    for name, other, thing in zip(
        ("Anna", "Tom", "Maria", "Paul", "Eve"),
        ("Fatima", "Ali", "Mei", "Ivan", "Aram"),
        ("love", "war", "bread", "trains", "rain"),
    )
]
NUMBERS = [(first, int(truth), second, int(other)) for first, truth, second, other in PAIRS]


def chances(models, pairs):
    return [
        logits_of(models.feel.model, [pair[side] for pair in pairs]).softmax(dim=1)[:, 1] for side in (0, 2)
    ]


def measured(models, pairs):
    first, second = chances(models, pairs)
    return {
        "pairs": pairs,
        "plain_right": sum((chance > 0.5) == pair[1] for chance, pair in zip(first.tolist(), pairs))
        / len(pairs),
        "changed_right": sum((chance > 0.5) == pair[3] for chance, pair in zip(second.tolist(), pairs))
        / len(pairs),
        "moved": (first - second).abs().mean(),
    }


@pytest.mark.parametrize("pairs", [PAIRS, NAMES, [list(pair) for pair in PAIRS], tuple(NAMES), NUMBERS])
def test_any_controlled_set_is_accepted_whatever_the_model_says_of_it(checked, models, pairs):
    found = checked(2, **measured(models, pairs))
    assert found.solved, str(found)


LONG = ("It is dull.", False, "It is the very opposite of what one calls dull.", True)
TWO = ("The old man is bad.", False, "The young man is good.", True)
SAME = ("The old man is bad.", False, "The old man is  bad.", False)
WRONG = [
    (lambda given: {"pairs": PAIRS[:4]}, "`pairs` has 4, and 5 are wanted"),
    (lambda given: {"pairs": dict(enumerate(PAIRS))}, "is a dict, not a list"),
    (lambda given: {"pairs": [pair[::2] for pair in PAIRS]}, "the changed sentence, `True` or `False`"),
    (
        lambda given: {"pairs": [(*pair[:3], "yes") for pair in PAIRS]},
        "the changed sentence, `True` or `False`",
    ),
    (lambda given: {"pairs": [*PAIRS[:4], TWO]}, "differ in 2 places"),
    (lambda given: {"pairs": [*PAIRS[:4], LONG]}, "differ in 7 words"),
    (lambda given: {"pairs": [*PAIRS[:4], SAME]}, "differ in 0 places"),
    (lambda given: {"pairs": [*PAIRS[:4], PAIRS[0]]}, "twice"),
    (lambda given: {"pairs": PAIRS + NAMES}, "The truth changes in 5 of 10 pairs"),
    (lambda given: {"pairs": [*PAIRS[:4], ("Bad.", False, "Not bad.", True)]}, "a sentence of 3 words"),
    (lambda given: {"moved": -given["moved"]}, "without its sign, then the mean"),
    (lambda given: {"moved": "far"}, "`moved` is a str"),
    (lambda given: {"plain_right": 100 * given["plain_right"]}, "that is a percentage"),
    (lambda given: {"changed_right": 1 - given["changed_right"]}, "that is 1 minus it"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, models, change, helps):
    given = measured(models, PAIRS)
    found = checked(2, **given | change(given))
    assert not found.solved
    assert helps in str(found)


def test_moves_that_kept_their_sign_are_told_where_to_lose_it(checked, models):
    first, second = chances(models, PAIRS)
    found = str(checked(2, **measured(models, PAIRS) | {"moved": (second - first).mean()}))
    assert "each pair's move of the probability of positive without its sign, then the mean" in found


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("It is dull.", "It is never dull.", [(0, 1)]),
        ("Anna made it.", "Ali made it.", [(1, 1)]),
        ("I liked the music.", "I did not like the music.", [(1, 3)]),
        ("A b c d", "X b c y", [(1, 1), (1, 1)]),
        ("a b", "A B", []),
    ],
)
def test_places_that_differ_are_counted_by_hand(first, second, expected):
    assert differences(first, second) == expected

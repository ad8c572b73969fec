"""Task 3: wrong diagnoses, and what the curves themselves show."""

import pytest
from academy.lessons.lesson3.homework.watched_curves import NAMES, SHOWN, curves

WRONG = [
    (["none"] * 5, "is a list"),
    (SHOWN | {"A": None}, "has nothing for A"),
    ({"A": SHOWN["A"]}, "has nothing for E"),
    (SHOWN | {"B": "fine"}, "none of the names"),
    (SHOWN | {"B": 3}, "none of the names"),
    (SHOWN | {"B": "overfitting"}, "would rise and **fall** again"),
    (SHOWN | {"B": "overfitting"}, "does what is kept back fall for good"),
    (SHOWN | {"A": "overfitting"}, "would rise and **fall** again"),
    (SHOWN | {"C": "overfitting"}, "would not be bad from the start"),
    (SHOWN | {"C": "overfitting"}, "compare the first epochs"),
    (SHOWN | {"D": "none"}, "which is above"),
    (SHOWN | {"D": "none"}, "not lie far from the training"),
    (SHOWN | {"A": SHOWN["E"], "E": SHOWN["A"]}, "the order of the pictures kept back would count"),
    (SHOWN | {"E": SHOWN["C"]}, "compare the three curves"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_diagnosis_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(3, faults=wrong)
    assert not found.solved
    assert helps in str(found)


def test_the_right_diagnoses_are_accepted_and_explained(checked):
    found = checked(3, faults=dict(reversed(SHOWN.items())))
    assert found.solved, str(found)
    assert len(found.findings) == len(SHOWN) == len(NAMES) - 1


def diagnosis(each):
    """Tells a training's fault by its numbers alone, as a student might."""
    if each["sorted"] != each["again"]:
        return "dropout on in evaluation"
    if max(abs(a - b) for a, b in zip(each["sorted"], each["mixed"])) > 0.1:
        return "batch statistics in evaluation"
    gaps = [kept - training for kept, training in zip(each["mixed"], each["training"])]
    if min(gaps) > 0.1:
        return "dropout too strong"
    return "batches of one" if max(gaps[1:]) < -0.2 else "none"


def test_the_curves_alone_tell_the_faults():
    assert {letter: diagnosis(each) for letter, each in curves().items()} == SHOWN


def test_what_is_said_against_overfitting_is_true():
    """What is kept back falls for good in none but C, where it is bad from the start."""
    for letter, each in curves().items():
        assert max(each["training"]) < 0.9
        if letter == "C":
            assert max(each["mixed"][:5]) < min(each["training"][1:])
        else:
            assert each["mixed"][-1] > max(each["mixed"]) - 0.07

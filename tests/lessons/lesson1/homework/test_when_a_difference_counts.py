"""Task 4: rules with a fault each, and a right one unlike ours."""

import pytest
import torch
from academy.homework.comparing import compared, judged
from academy.lessons.lesson1.homework import homework


def error(one, other):
    return (one.var() / len(one) + other.var() / len(other)).sqrt()


def larger_error_alone(one, other):
    errors = [each.std() / len(each) ** 0.5 for each in (one, other)]
    return (one.mean() - other.mean()).abs() > 2 * max(errors)


def paired(one, other):
    apart = one - other
    return apart.mean().abs() > 2 * apart.std() / len(apart) ** 0.5


WRONG = [
    (lambda a, b: a.mean() - b.mean() > 2 * error(a, b), "without the sign"),
    (lambda a, b: (a.mean() - b.mean()).abs() > error(a, b), "fewer than two"),
    (lambda a, b: (a.mean() - b.mean()).abs() > 2 * (a.var() + b.var()).sqrt(), "through √n"),
    (
        lambda a, b: (a.mean() - b.mean()).abs() > 2 * (a.std() / len(a) ** 0.5 + b.std() / len(b) ** 0.5),
        "but their squares",
    ),
    (
        lambda a, b: (a.mean() - b.mean()).abs() > 2 * ((a.var() + b.var()) / len(a)).sqrt(),
        "its own number of runs",
    ),
    (larger_error_alone, "not the larger one"),
    (paired, "Nothing pairs a run of one with a run of the other"),
]


@pytest.mark.parametrize(("answer", "helps"), WRONG)
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(answer, helps):
    found = homework.result(4, {"counts": answer})
    assert not found.solved
    assert helps in str(found)


def in_numpy(one, other):
    one, other = one.numpy(), other.numpy()
    return (
        abs(one.mean() - other.mean()) / (one.std() ** 2 / one.size + other.std() ** 2 / other.size) ** 0.5
        > 2
    )


def test_a_right_answer_written_differently_is_accepted():
    found = homework.result(4, {"counts": in_numpy})
    assert found.solved, str(found)


def test_a_verdict_that_hangs_on_the_formula_of_the_variance_is_accepted_both_ways():
    one, other = torch.tensor([0.82, 0.86] * 4), torch.tensor([0.82, 0.86] * 4)
    _, error = compared(one, other)
    assert judged(1.97 * error, error, one, other) == {True, False}
    assert judged(2.01 * error, error, one, other) == {True}
    assert judged(1.8 * error, error, one, other) == {False}

"""Task 1: sentences of a student's own, judged with faults, and rightly in ways unlike ours."""

import pytest
import torch
from academy.lessons.lesson7.finetuning import logits_of

SENTENCES = [
    "I liked every minute.",
    "What a dull film!",
    "The music is wonderful.",
    "Nothing happens in it.",
    "It is never boring.",
    "A waste of talent.",
    "Bravo to everybody!",
    "I fell asleep twice.",
    "The best of the year.",
    "Too long by an hour.",
]
TRUTHS = [True, False] * 5


def ours(models):
    def judge(texts):
        answers = models.feel(texts)
        return [each["label"] == "positive" for each in answers], [each["score"] for each in answers]

    return judge


def by_logits(models):
    """Without the pipeline; truths and numbers in tensors."""

    def judge(texts):
        confidence, answers = logits_of(models.feel.model, texts).softmax(dim=1).max(dim=1)
        return answers == 1, confidence

    return judge


def one_by_one(models):
    def judge(texts):
        found = [models.feel(text)[0] for text in texts]
        return tuple(zip(*[(each["label"].startswith("p"), round(each["score"], 4)) for each in found]))

    return judge


@pytest.fixture
def answers(models):
    """A right answer to all of the task."""
    positive, confidence = ours(models)(SENTENCES)
    sides = {
        kind: [sure for said, sure, truth in zip(positive, confidence, TRUTHS) if (said == truth) == kind]
        for kind in (True, False)
    }
    assert sides[False], "the model is wrong about the negated one"
    return {
        "judge": ours(models),
        "sentences": SENTENCES,
        "truths": TRUTHS,
        "sure_right": sum(sides[True]) / len(sides[True]),
        "sure_wrong": sum(sides[False]) / len(sides[False]),
    }


@pytest.mark.parametrize("judge", [ours, by_logits, one_by_one])
def test_a_right_answer_written_differently_is_accepted(checked, answers, models, judge):
    found = checked(1, **answers | {"judge": judge(models)})
    assert found.solved, str(found)


def test_a_model_that_is_never_wrong_has_no_mean_where_it_is(checked, answers, models):
    truths, confidence = ours(models)(SENTENCES)
    given = {
        "truths": torch.tensor(truths),
        "sure_right": torch.tensor(confidence).mean(),
        "sure_wrong": None,
    }
    found = checked(1, **answers | given)
    assert found.solved, str(found)
    assert "nothing to average" in str(checked(1, **answers | given | {"sure_wrong": 0.0}))


def changed(change):
    return lambda models: {"judge": lambda texts: change(*ours(models)(texts))}


def chances(positive, confidence):
    return positive, [sure if said else 1 - sure for said, sure in zip(positive, confidence)]


WRONG = [
    (lambda models: {"judge": lambda texts: None}, "`judge` returns nothing"),
    (lambda models: {"judge": models.feel}, "`judge` gives 6 things"),
    (changed(lambda positive, confidence: positive), "`judge` gives 6 things"),
    (
        changed(lambda positive, confidence: (["positive"] * len(positive), confidence)),
        "no truth and no number",
    ),
    (changed(lambda positive, confidence: (positive[:1], confidence[:1])), "no truth and no number"),
    (
        changed(lambda positive, confidence: ([not each for each in positive], confidence)),
        "compare the label",
    ),
    (changed(chances), "that is the probability of positive"),
    (changed(lambda positive, confidence: (positive, [1.0] * len(positive))), "the score of the answer"),
    (
        lambda models: {"sentences": SENTENCES[:9], "truths": TRUTHS[:9]},
        "`sentences` has 9, and 10 are wanted",
    ),
    (lambda models: {"sentences": " ".join(SENTENCES)}, "is a str, not a list"),
    (lambda models: {"sentences": [*SENTENCES[:9], "Bad!"]}, "there is 'Bad!'"),
    (lambda models: {"sentences": [*SENTENCES[:9], "I LIKED every minute."]}, "twice"),
    (lambda models: {"truths": ["positive", "negative"] * 5}, "no list of truths"),
    (lambda models: {"truths": [1, -1] * 5}, "no list of truths"),
    (lambda models: {"truths": TRUTHS[:9]}, "`truths` has 9 for 10 sentences"),
    (lambda models: {"truths": [True] * 8 + [False] * 2}, "3 of each at least"),
    (lambda models: {"sure_wrong": None}, "`sure_wrong` is a NoneType"),
    (lambda models: {"sure_right": 0.5}, "where the answer is your truth"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, answers, models, change, helps):
    found = checked(1, **answers | change(models))
    assert not found.solved
    assert helps in str(found)


@pytest.mark.parametrize("truths", [[1, 0] * 5, [1.0, 0.0] * 5, torch.tensor([1, 0] * 5)])
def test_truths_may_be_ones_and_zeros(checked, answers, truths):
    found = checked(1, **answers | {"truths": truths})
    assert found.solved, str(found)


def test_a_percentage_is_named(checked, answers):
    assert "that is a percentage" in str(checked(1, **answers | {"sure_right": 100 * answers["sure_right"]}))

"""Task 1: a pipeline on sentences of one's own: where it is right, and how sure it is."""

from collections.abc import Iterator
from typing import Any

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson7.homework.chances import NEAR, number_mistake, positive_chances
from academy.lessons.lesson7.homework.given_texts import list_mistakes, sentence_mistakes, truths_in
from academy.lessons.lesson7.homework.pretrained import Models

COUNT = 10
"""Sentences of one's own."""
EACH = 3
"""Of both truths there are so many at least."""
UNSEEN = (
    "The plot is thin, and the jokes are thinner.",
    "What a waste of two hours!",
    "A warm and funny film.",
    "Nobody in it can act, and it hardly matters.",
    "I would watch it again tomorrow.",
    "It is long.",
)


def judges(
    judge: Any, sentences: Any, truths: Any, sure_right: Any, sure_wrong: Any, models: Models
) -> Iterator[Finding]:
    """Ask the model itself about sentences nobody has seen, then about the student's."""
    found = [*set_mistakes(sentences, truths), *answer_mistakes(judge, models)][:1]
    if found:
        yield from found
        return
    yield right(f"`judge` says of {len(UNSEEN)} other sentences what the model says")
    chances = positive_chances(models.feel, sentences)
    answers, confidence = chances > 0.5, (chances - 0.5).abs() + 0.5
    is_right = [bool(answer) == truth for answer, truth in zip(answers, truths_in(truths) or [])]
    means = [
        sum(chosen) / len(chosen)
        if (chosen := [float(c) for c, r in zip(confidence, is_right) if r == kind])
        else None
        for kind in (True, False)
    ]
    for name, given, mean, what in (
        ("sure_right", sure_right, means[0], "the mean confidence where the answer is your truth"),
        ("sure_wrong", sure_wrong, means[1], "the mean confidence where it is not"),
    ):
        if mistake := number_mistake(name, given, mean, what):
            yield mistake
            return
    said = [
        f"{mean:.0%} sure where {kind}" for mean, kind in zip(means, ("right", "wrong")) if mean is not None
    ]
    yield right(f"it is right about {sum(is_right)} of your {len(is_right)}, {' and '.join(said)}")


def set_mistakes(sentences: Any, truths: Any) -> Iterator[Finding]:
    """Say what keeps sentences and truths from being a set to judge by."""
    yield from list_mistakes("sentences", sentences, COUNT)
    if not isinstance(sentences, list | tuple):
        return
    yield from sentence_mistakes("sentences", sentences)
    known = truths_in(truths)
    if known is None:
        yield wrong(
            "`truths` is no list of truths.", "`True` where *you* judge a sentence positive, else `False`."
        )
    elif len(known) != len(sentences):
        yield wrong(
            f"`truths` has {len(known)} for {len(sentences)} sentences.", "one truth for each sentence."
        )
    elif min(known.count(True), known.count(False)) < EACH:
        yield wrong(
            f"{known.count(True)} of your sentences are positive, {known.count(False)} negative.",
            f"{EACH} of each at least: who always says the same must not look good.",
        )


def answer_mistakes(judge: Any, models: Models) -> Iterator[Finding]:
    """Say where `judge` gives anything but the model's answers and how sure it is of them."""
    with calling("judge(texts)"):
        given = judge(list(UNSEEN))
    if given is None or given is ...:
        yield wrong("`judge` returns nothing.", "end it with `return positive, confidence`.")
        return
    if not isinstance(given, tuple | list) or len(given) != 2:
        count = f"{len(given)} things" if isinstance(given, tuple | list) else f"a {type(given).__name__}"
        yield wrong(
            f"`judge` gives {count}.",
            "two lists: whether each text is positive, and how sure the answer is.",
        )
        return
    positive, confidence = truths_in(given[0]), numbers_in(given[1])
    if positive is None or confidence is None or {len(positive), len(confidence)} != {len(UNSEEN)}:
        yield wrong(
            f"`judge` gives no truth and no number for each of {len(UNSEEN)} texts.",
            "two lists as long as `texts`: `True` or `False`, and numbers.",
        )
        return
    chances = positive_chances(models.feel, UNSEEN).tolist()
    for text, said, sure, chance in zip(UNSEEN, positive, confidence, chances):
        expected = max(chance, 1 - chance)
        if said != (chance > 0.5):
            yield wrong(
                f"Of {text!r} `judge` says {said}; to the model positive is {chance:.0%} likely.",
                "compare the label with that of a positive text; the hub's models write it in capitals.",
            )
        elif abs(sure - expected) > NEAR:
            yield wrong(
                f"Of {text!r} `judge` is {sure:.3f} sure; the model is {expected:.3f}.",
                "that is the probability of positive: take that of the answer, 0.5 or more."
                if abs(sure - chance) <= NEAR
                else "the score of the answer, as the pipeline gives it.",
            )

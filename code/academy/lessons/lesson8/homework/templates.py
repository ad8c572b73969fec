"""Task 3: a template chosen by validation, measured once, and compared with the bare word."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch

from academy.homework.given_values import numbers_in, tensor_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson8.homework.intervals import NOISE, compared, factor, shown
from academy.lessons.lesson8.homework.picture_sets import PictureSet

BARE = "{}"
"""The template that all are compared with: the word alone."""
LEAST = 8
"""Candidates to choose among."""
NEAR = 0.002
LEVEL = 0.95
UNSURE = 0.1
"""By how much a number of standard errors may miss a threshold and be taken for either side of it."""

Right = Mapping[str, torch.Tensor]
"""Of each candidate, whether it is right about each picture of a part, shape (count,), bool."""


def chooses(
    validation_right: Any,
    chosen: Any,
    test_right: Any,
    gains: Any,
    clear: Any,
    class_vectors: Any,
    classify: Any,
    candidates: Any,
    words: Sequence[str],
    validation: PictureSet,
    test: PictureSet,
) -> Iterator[Finding]:
    """Measure all candidates on both parts with the student's own functions, and compare."""
    if found := candidates_mistake(candidates):
        yield found
        return
    by_part = dict[str, dict[str, torch.Tensor]]()
    for part, pictures in (("validation", validation), ("test", test)):
        by_part[part] = {}
        for name, templates in candidates.items():
            answers = answers_of(class_vectors, classify, words, templates, pictures)
            if answers is None:
                yield wrong("`class_vectors` and `classify` give no answers.", "solve task 1 first.")
                return
            by_part[part][name] = answers == pictures.labels
    on_validation, on_test = by_part["validation"], by_part["test"]
    if found := table_mistake(validation_right, on_validation, on_test):
        yield found
        return
    yield right(f"the accuracy of {len(on_validation)} candidates on validation")
    if found := choice_mistake(chosen, test_right, on_validation, on_test):
        yield found
        return
    yield right(
        f"“{chosen}” has most there, {share(on_validation[chosen]):.1%}, and was measured on the test"
    )
    if found := gains_mistake(gains, on_test) or clear_mistake(clear, on_test):
        yield found
        return
    yield right(f"the interval of each gain, and what of {len(on_test) - 1} is more than luck")


def candidates_mistake(candidates: Any) -> Finding | None:
    """Say why candidates are not a dict from names to lists of templates, the bare word among them."""
    if not isinstance(candidates, Mapping) or len(candidates) < LEAST or BARE not in candidates:
        return wrong(
            f"`candidates` is {candidates!r}.",
            f"a dict of {LEAST} or more, from names to lists of templates; {BARE!r} is one: run its cell.",
        )
    return None


def answers_of(
    class_vectors: Any, classify: Any, words: Sequence[str], templates: Sequence[str], part: PictureSet
) -> torch.Tensor | None:
    """Classify a part as the student does; None if that gives no classes."""
    with calling(f"classify(numbers, class_vectors(words, {list(templates)}))"):
        found = classify(part.numbers, class_vectors(list(words), list(templates)))
    try:
        answers = tensor_in(found[0])
    except (TypeError, KeyError, IndexError):
        return None
    return answers if answers is not None and answers.shape == part.labels.shape else None


def share(is_right: torch.Tensor) -> float:
    """Give the share of pictures that an answer is right about."""
    return is_right.double().mean().item()


def table_mistake(given: Any, on_validation: Right, on_test: Right) -> Finding | None:
    """Say which accuracy is another than that of the student's own functions."""
    if not isinstance(given, Mapping) or set(given) != set(on_validation):
        kind = f"has {len(given)} of them" if isinstance(given, Mapping) else f"is a {type(given).__name__}"
        return wrong(
            f"`validation_right` {kind}, `candidates` has {len(on_validation)}.",
            "a dict with the names of `candidates`, from each to an accuracy.",
        )
    numbers = numbers_in(list(given.values()))
    if numbers is None:
        return wrong("`validation_right` holds what is no number.", "an accuracy from 0 to 1 for each.")
    table = dict(zip(given, numbers))
    for name, is_right in on_validation.items():
        if abs(table[name] - share(is_right)) <= NEAR:
            continue
        if all(abs(table[each] - share(on_test[each])) <= NEAR for each in table):
            look = "these are accuracies on the test: it must play no part in the choice."
        elif abs(table[name] / 100 - share(is_right)) <= NEAR:
            look = "that is a percentage; a share is from 0 to 1."
        else:
            look = "`answers == validation.labels`, its mean, with the functions as they now are."
        return wrong(
            f"“{name}” has {table[name]:.3f} in `validation_right`; we find {share(is_right):.3f}.", look
        )
    return None


def choice_mistake(chosen: Any, test_right: Any, on_validation: Right, on_test: Right) -> Finding | None:
    """Say why a choice is not that of validation, or its accuracy on the test another."""
    if not isinstance(chosen, str) or chosen not in on_validation:
        return wrong(f"`chosen` is {chosen!r}.", "the name of one of `candidates`.")
    most = max(on_validation.values(), key=share)
    if share(on_validation[chosen]) < share(most) - NEAR:
        best_on_test = share(on_test[chosen]) >= max(map(share, on_test.values())) - NEAR
        return wrong(
            f"“{chosen}” has {share(on_validation[chosen]):.1%} on validation; the best there has "
            f"{share(most):.1%}.",
            "it is the best on the test, which must play no part: choose by `validation_right`."
            if best_on_test
            else "`max(validation_right, key=validation_right.get)`.",
        )
    number = numbers_in([test_right])
    if number is None:
        return wrong(f"`test_right` is a {type(test_right).__name__}.", "the accuracy on the test, a number.")
    if abs(number[0] - share(on_test[chosen])) > NEAR:
        return wrong(
            f"`test_right` is {number[0]:.3f}; on the test, “{chosen}” has {share(on_test[chosen]):.3f}.",
            "that is its accuracy on validation, by which it was chosen: measure it on `test`."
            if abs(number[0] - share(on_validation[chosen])) <= NEAR
            else "the share of `test` that the chosen candidate is right about, from 0 to 1.",
        )
    return None


def gains_mistake(gains: Any, on_test: Right) -> Finding | None:
    """Say which interval of a gain over the bare word is another than its paired difference allows."""
    others = set(on_test) - {BARE}
    if not isinstance(gains, Mapping) or not others <= set(gains):
        kind = f"has {len(gains)} of them" if isinstance(gains, Mapping) else f"is a {type(gains).__name__}"
        return wrong(
            f"`gains` {kind}; {len(others)} candidates are not the word alone.",
            f"a dict from each name but {BARE!r} to `interval(…, …)` on the test.",
        )
    for name in sorted(others):
        wanted, ends = compared(on_test[name], on_test[BARE]), numbers_in(gains[name])
        if ends is None or len(ends) != 2:
            return wrong(f"`gains[{name!r}]` is {gains[name]!r}.", "two numbers, low and high.")
        reach = factor(LEVEL) * wanted.error
        room = 2 * NOISE[LEVEL] * reach + 1.5 / len(on_test[name])
        if max(abs(ends[0] - (wanted.difference - reach)), abs(ends[1] - (wanted.difference + reach))) > room:
            return wrong(
                f"`gains[{name!r}]` is {shown(ends)}; on the test it should be "
                f"from {wanted.difference - reach:.3f} to {wanted.difference + reach:.3f}, about.",
                f"`interval(right of the candidate, right of {BARE!r})`, both on `test`, at level {LEVEL}.",
            )
    return None


def clear_mistake(clear: Any, on_test: Right) -> Finding | None:
    """Say which difference is called more than luck and is not, for so many compared; or the reverse."""
    others = [name for name in on_test if name != BARE]
    if (
        isinstance(clear, str)
        or not isinstance(clear, Sequence | set | frozenset)
        or not set(clear) <= set(others)
    ):
        return wrong(
            f"`clear` is {clear!r}.",
            "a list with the names of the candidates whose gain or loss is more than luck; it may be empty.",
        )
    threshold = factor(1 - (1 - LEVEL) / len(others))
    for name in others:
        found = compared(on_test[name], on_test[BARE])
        apart = abs(found.difference) / found.error if found.error else 0.0
        said = f"“{name}” differs from the word alone by {apart:.1f} standard errors"
        if name in clear and apart < (1 - UNSURE) * threshold:
            by_chance = (1 - LEVEL) * len(others)
            look = f"for {len(others)} compared, take `interval(…, level=1 - 0.05 / {len(others)})`."
            if apart > (1 - UNSURE) * factor(LEVEL):
                look = f"at 95% each, {by_chance:.1f} of {len(others)} would be beyond it by luck: {look}"
            return wrong(f"{said}, and is in `clear`.", look)
        if name not in clear and apart > (1 + UNSURE) * threshold:
            return wrong(
                f"{said}, and is not in `clear`.",
                f"{threshold:.1f} are enough for one of {len(others)}; a loss is a difference, too.",
            )
    return None

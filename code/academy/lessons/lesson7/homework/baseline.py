"""Task 5: a split that keeps meanings together, a measure, and two baselines."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from sklearn.metrics import f1_score

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson7.homework.chances import number_mistake
from academy.lessons.lesson7.homework.given_texts import truths_in
from academy.lessons.lesson7.homework.things import KINDS, Entries, unseen

SHARES = (0.6, 0.2, 0.2)
FAR = 0.06
"""By how much a part's share of the entries may be off."""
NEAR = 1e-4
ANSWERS = (
    ([0, 0, 0, 1, 2, 3, 4, 5], [0, 0, 1, 1, 2, 3, 4, 4]),
    ([0] * 9 + [1], [0] * 8 + [1, 1]),
    ([2, 2, 2, 2, 2, 2], [0, 1, 2, 3, 4, 5]),
)
"""Answers and truths that the measure is tried on."""
FIRST, FEWEST = 50, 4
"""So many of the first rows of `train` have so many kinds or more; in random order they have all six."""
LEAST = 0.4
"""Accuracy that counted words exceed by far; the commonest kind has a fifth."""
TOO_GOOD = 0.3
"""So much more than on unseen entries no part of a dictionary is by luck."""


def splits(
    split: Any,
    macro_f1: Any,
    train: Any,
    validation: Any,
    test: Any,
    frequent: Any,
    counted: Any,
    counted_right: Any,
    entries: Entries,
) -> Iterator[Finding]:
    """Split meanings of the check's own, measure answers of its own, and judge the counted words anew."""
    for mistakes, done in (
        (split_mistakes(split), "60, 20 and 20% of the entries; no meaning in two parts"),
        (measure_mistakes(macro_f1), "the mean F1 of six kinds, as scikit-learn has it"),
    ):
        if found := next(mistakes, None):
            yield found
            return
        yield right(done)
    parts = [rows_in(part, entries) for part in (train, validation, test)]
    if not all(parts):
        yield wrong(
            "`train`, `validation` and `test` are not all rows of `entries`.",
            "`train, validation, test = split(entries.meanings)`.",
        )
        return
    rows = [part for part in parts if part]
    learned, judged = part_of(entries, rows[0]), part_of(entries, rows[2])
    found = next(shared_mistakes(rows, entries.meanings), None) or next(order_mistakes(learned), None)
    if found:
        yield found
        return
    commonest = learned.kinds.bincount().argmax()
    expected = (judged.kinds == commonest).double().mean().item()
    if found := number_mistake(
        "frequent",
        frequent,
        expected,
        f"the share of `test` that is of the kind that `train` has most, {KINDS[commonest]}",
    ):
        yield found
        return
    if found := next(counted_mistakes(counted, counted_right, learned, judged), None):
        yield found
        return
    yield right(
        f"counted words judge {answers_right(counted, judged):.1%} of `test` rightly, "
        f"the commonest kind {expected:.1%}"
    )


def part_of(entries: Entries, rows: Sequence[int]) -> Entries:
    """Give some of the entries."""
    chosen = torch.tensor(rows)
    return Entries(tuple(entries.texts[row] for row in rows), entries.kinds[chosen], entries.meanings[chosen])


def rows_in(value: Any, entries: Entries) -> list[int] | None:
    """Return the row numbers of a part; None if it is none."""
    numbers = numbers_in(value)
    if numbers is None or not all(
        number.is_integer() and 0 <= number < len(entries.texts) for number in numbers
    ):
        return None
    return [int(number) for number in numbers]


def split_mistakes(split: Any) -> Iterator[Finding]:
    """Say what is wrong with the parts of a dictionary of the check's own."""
    sizes = torch.randint(1, 4, (300,), generator=torch.Generator().manual_seed(7))
    meanings = torch.arange(300).repeat_interleave(sizes)  # one kind after the other, as in the dictionary
    with calling("split(meanings)"):
        given = split(meanings.clone())
    if given is None or given is ...:
        yield wrong("`split` returns nothing.", "end it with `return train, validation, test`.")
        return
    if not isinstance(given, tuple | list) or len(given) != 3:
        yield wrong(
            "`split` gives something else than three parts.", "three lists or tensors of row numbers."
        )
        return
    parts = [numbers_in(part) for part in given]
    if any(part is None for part in parts):
        yield wrong("A part of `split` is no list of numbers.", "row numbers, in a list or a tensor.")
        return
    rows = [[int(number) for number in part] for part in parts if part is not None]
    every = [row for part in rows for row in part]
    if sorted(every) != list(range(len(meanings))):
        lacking = len(set(range(len(meanings))) - set(every))
        yield wrong(
            f"Of {len(meanings)} entries the parts have {len(every)}; {lacking} are in none.",
            "row numbers, not `True` and `False`: `.nonzero()[:, 0]` gives them."
            if any(truths_in(part) for part in given)
            else "each **row** in one part, and in no other: these are row numbers, not numbers of meanings.",
        )
        return
    yield from shared_mistakes(rows, meanings)
    for name, part, share in zip(("train", "validation", "test"), rows, SHARES):
        if abs(len(part) / len(meanings) - share) > FAR:
            yield wrong(
                f"Of {len(meanings)} entries {name} has {len(part) / len(meanings):.0%}, not {share:.0%}.",
                "shuffle the different meanings, and cut their order at 60 and 80%.",
            )
    held_out = meanings[torch.tensor(rows[2])]
    if held_out.min() > 150 or held_out.max() < 150:
        yield wrong(
            "All meanings of `test` are from one end of the dictionary.",
            "it is sorted by kind: shuffle the meanings before you cut, as by `torch.randperm`.",
        )


def shared_mistakes(rows: list[list[int]], meanings: torch.Tensor) -> Iterator[Finding]:
    """Say that a meaning is in two parts."""
    of_part = [set(meanings[torch.tensor(part, dtype=torch.int64)].tolist()) for part in rows]
    if shared := (of_part[0] & of_part[1]) | (of_part[0] & of_part[2]) | (of_part[1] & of_part[2]):
        yield wrong(
            f"{len(shared)} of {len(meanings.unique())} meanings are in two parts.",
            "their definitions would be known from training: cut the list of *meanings* into parts.",
        )


def order_mistakes(learned: Entries) -> Iterator[Finding]:
    """Say that what comes first is of few kinds, as in the dictionary."""
    first = learned.kinds[:FIRST].unique().tolist()
    if len(first) < FEWEST:
        yield wrong(
            f"The first {FIRST} rows of `train` are all of {' and '.join(KINDS[kind] for kind in first)}.",
            "the dictionary is sorted by kind: shuffle the rows of each part, too, as by `torch.randperm`.",
        )


def measure_mistakes(macro_f1: Any) -> Iterator[Finding]:
    """Say of which answers the measure is another."""
    for answers, truths in ANSWERS:
        with calling(f"macro_f1({answers}, {truths})"):
            given = macro_f1(torch.tensor(answers), torch.tensor(truths))
        if given is None or given is ...:
            yield wrong("`macro_f1` returns nothing.", "end it with `return`.")
            return
        number = numbers_in([given])
        if number is None:
            yield wrong(f"`macro_f1` gives a {type(given).__name__}.", "one number from 0 to 1.")
            return
        expected = mean_f1(answers, truths)
        if not abs(number[0] - expected) <= NEAR:
            yield wrong(
                f"`macro_f1({answers}, {truths})` is {number[0]:.4f}, not {expected:.4f}.",
                look_for_f1(answers, truths, number[0]),
            )
            return


def mean_f1(answers: Sequence[int], truths: Sequence[int], **settings: Any) -> float:
    """Give F1, the mean over the six kinds, 0 for a kind that neither has."""
    settings = {"average": "macro", "labels": range(len(KINDS)), "zero_division": 0} | settings
    return float(f1_score(truths, answers, **settings))


def look_for_f1(answers: Sequence[int], truths: Sequence[int], given: float) -> str:
    """Say which slip gives this value."""
    present = sorted({*answers, *truths})
    slips = {
        "that is the accuracy: F1 is computed for each kind, and averaged.": mean_f1(
            answers, truths, average="micro"
        ),
        "a kind that comes more often does not count more: the plain mean over six kinds.": mean_f1(
            answers, truths, average="weighted"
        ),
        "the mean is over all six kinds, also those that come nowhere here.": mean_f1(
            answers, truths, labels=present
        ),
        "that is the mean over the kinds that `truths` has; all six count.": mean_f1(
            answers, truths, labels=sorted(set(truths))
        ),
    }
    for look, slip in slips.items():
        if abs(given - slip) <= NEAR:
            return look
    if given != given:
        return "0 / 0 is nan: a kind that neither answers nor truths have counts 0."
    return "for each kind 2 · hits / (answers of that kind + truths of that kind), then the mean over six."


def answers_right(counted: Any, part: Entries) -> float:
    """Give the share of a part that a fitted model of scikit-learn judges rightly."""
    return float((torch.as_tensor(counted.predict(list(part.texts))).long() == part.kinds).double().mean())


def strange_words(counted: Any, learned: Entries) -> set[str]:
    """Give the words that a fitted pipeline knows, and that no text of a part has."""
    strange: set[str] = set()
    for _, part in getattr(counted, "steps", []):
        if hasattr(part, "vocabulary_"):
            cut = part.build_analyzer()
            strange |= part.vocabulary_.keys() - {word for text in learned.texts for word in cut(text)}
    return strange


def counted_mistakes(
    counted: Any, counted_right: Any, learned: Entries, judged: Entries
) -> Iterator[Finding]:
    """Say what is wrong with the counted words."""
    if not callable(getattr(counted, "predict", None)):
        yield wrong(
            f"`counted` is a {type(counted).__name__}.", "a fitted `make_pipeline(TfidfVectorizer(), …)`."
        )
        return
    with calling("counted.predict(texts)"):
        answers = counted.predict(list(unseen().texts))
    if numbers_in(answers) is None:
        yield wrong(
            "`counted.predict` gives something else than numbers.",
            "fit it on the numbers of the kinds, `entries.kinds`, not on their names.",
        )
        return
    said = torch.as_tensor(answers)
    if said.shape != unseen().kinds.shape:
        yield wrong(
            f"`counted.predict` gives {tuple(said.shape)} for {len(unseen().texts)} texts.",
            "a kind for each.",
        )
        return
    share = (said.long() == unseen().kinds).double().mean().item()
    if share < LEAST:
        yield wrong(
            f"`counted` is right about {share:.1%} of entries that nobody has seen, not {LEAST:.0%}.",
            "fit it on the texts and kinds of the same rows, those of `train`.",
        )
        return
    if strange := strange_words(counted, learned):
        yield wrong(
            f"`counted` knows {len(strange)} words that no text of `train` has, as {min(strange)!r}.",
            "has it learned from `test` or `validation`? Fit it on the texts and kinds of `train` alone.",
        )
        return
    if (on_test := answers_right(counted, judged)) > share + TOO_GOOD:
        yield wrong(
            f"`counted` is right about {on_test:.1%} of `test`, {share:.1%} of entries that nobody has seen.",
            "has it learned from `test`? Fit it on the texts and kinds of `train` alone.",
        )
        return
    if found := number_mistake(
        "counted_right",
        counted_right,
        on_test,
        "the share of `test` that `counted` judges rightly",
    ):
        yield found

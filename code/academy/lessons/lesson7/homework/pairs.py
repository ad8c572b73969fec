"""Task 2: pairs of sentences that differ in one thing, and what this does to the answers."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson7.homework.chances import number_mistake, positive_chances
from academy.lessons.lesson7.homework.given_texts import list_mistakes, sentence_mistakes, truths_in
from academy.lessons.lesson7.homework.pretrained import Models

COUNT = 5
LONGEST_CHANGE = 4
"""Words that may differ in a pair, on each side."""


def compares(
    pairs: Any, plain_right: Any, changed_right: Any, moved: Any, models: Models
) -> Iterator[Finding]:
    """Look at each pair's difference, then ask the model about both sides."""
    found = list(set_mistakes(pairs))[:1]
    if found:
        yield from found
        return
    yield right(f"{len(pairs)} pairs, each with one difference")
    chances = [positive_chances(models.feel, [pair[side] for pair in pairs]) for side in (0, 2)]
    truths = [truths_in([pair[side] for pair in pairs]) or [] for side in (1, 3)]
    shares = [
        sum(bool(chance > 0.5) == truth for chance, truth in zip(chances[side], truths[side])) / len(pairs)
        for side in (0, 1)
    ]
    shift = (chances[1] - chances[0]).abs().mean().item()
    for name, given, expected, what in (
        ("plain_right", plain_right, shares[0], "the share of first sentences judged as you do"),
        ("changed_right", changed_right, shares[1], "the share of second sentences judged as you do"),
        (
            "moved",
            moved,
            shift,
            "each pair's move of the probability of positive without its sign, then the mean",
        ),
    ):
        if mistake := number_mistake(name, given, expected, what):
            yield mistake
            return
    yield right(
        f"right about {shares[0]:.0%} of the first and {shares[1]:.0%} of the second sentences; "
        f"from one to the other the truth {'stays' if truths[0] == truths[1] else 'changes'}, "
        f"and the probability of positive moves by {shift:.2f}"
    )


def set_mistakes(pairs: Any) -> Iterator[Finding]:
    """Say what keeps pairs from being a controlled set."""
    yield from list_mistakes("pairs", pairs, COUNT)
    if not isinstance(pairs, list | tuple):
        return
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 4 or truths_in(pair[1::2]) is None:
            yield wrong(
                f"In `pairs` there is {pair!r}.",
                "a sentence, `True` or `False`, the changed sentence, `True` or `False`.",
            )
            return
    yield from sentence_mistakes("pairs", [pair[side] for pair in pairs for side in (0, 2)])
    for first, _, second, _ in pairs:
        changes = differences(str(first), str(second))
        if len(changes) != 1 or max(changes[0]) > LONGEST_CHANGE:
            extent = f"{max(changes[0])} words" if len(changes) == 1 else f"{len(changes)} places"
            yield wrong(
                f"{first!r} and {second!r} differ in {extent}.",
                f"one place, {LONGEST_CHANGE} words at most: of two changes, which one did it?",
            )
    changing = sum(bool(pair[1]) != bool(pair[3]) for pair in pairs)
    if 0 < changing < len(pairs):
        yield wrong(
            f"The truth changes in {changing} of {len(pairs)} pairs, and stays in the others.",
            "pairs of one sort: `moved` is to be large where it changes, small where it stays.",
        )


def differences(first: str, second: str) -> list[tuple[int, int]]:
    """Say in how many words each place differs, on both sides."""
    one, other = first.casefold().split(), second.casefold().split()
    return [
        (one_end - one_start, other_end - other_start)
        for kind, one_start, one_end, other_start, other_end in SequenceMatcher(
            None, one, other, False
        ).get_opcodes()
        if kind != "equal"
    ]

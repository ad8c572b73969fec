"""Texts and truths as students give them, and what is wrong with them."""

from collections.abc import Iterable, Iterator
from typing import Any

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, wrong

LEAST_WORDS = 3
"""Of a sentence."""


def truths_in(values: Any) -> list[bool] | None:
    """Return the truths of a list, an array or a tensor, or its zeros and ones; None if it holds others."""
    numbers = numbers_in(values)
    return [number == 1 for number in numbers] if numbers is not None and {*numbers} <= {0, 1} else None


def list_mistakes(name: str, value: Any, count: int) -> Iterator[Finding]:
    """Say why a value is no list of so many things, or more."""
    if not isinstance(value, list | tuple):
        yield wrong(f"`{name}` is a {type(value).__name__}, not a list.", f"a list of {count} or more.")
    elif len(value) < count:
        yield wrong(f"`{name}` has {len(value)}, and {count} are wanted.", "write more of them.")


def sentence_mistakes(name: str, texts: Iterable[Any]) -> Iterator[Finding]:
    """Say which of some texts is no sentence, or stands there twice."""
    seen: set[str] = set()
    for text in texts:
        if not isinstance(text, str):
            yield wrong(f"In `{name}` there is a {type(text).__name__}: {text!r}.", "a sentence in quotes.")
        elif len(text.split()) < LEAST_WORDS:
            yield wrong(f"In `{name}` there is {text!r}.", f"a sentence of {LEAST_WORDS} words or more.")
        elif text.casefold() in seen:
            yield wrong(f"`{name}` has {text!r} twice.", "a second time it tells nothing new.")
        else:
            seen.add(text.casefold())

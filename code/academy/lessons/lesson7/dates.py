"""Days, written in many ways, and as ISO 8601 has them: 5 March 1998 is 1998-03-05."""

import random
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import torch
from torch.nn.utils.rnn import pad_sequence

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
    "twenty": "twentieth",
    "thirty": "thirtieth",
}
"""Those that are not made by adding ``th``."""
FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)
HELD_OUT = 2_000
"""Days that no training sees in any form."""
SEED = 0
"""Of which days those are, and of how each of them is written."""


def in_words(number: int) -> str:
    """Write a number below 100: 98 is ninety-eight."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def ordinal_in_words(number: int) -> str:
    """Write which of a row a number below 100 is: 21 is twenty-first."""
    *before, last = in_words(number).split("-")
    return "-".join([*before, ORDINALS.get(last, last + "th")])


def ordinal(number: int) -> str:
    """Write which of a row a day is, in figures: 21 is 21st."""
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def year_in_words(year: int) -> str:
    """Say a year from 1900 to 2099: nineteen oh five, two thousand nine, twenty twenty-six."""
    century, rest = divmod(year, 100)
    if rest == 0:
        return "nineteen hundred" if century == 19 else "two thousand"
    if rest < 10:
        return f"nineteen oh {in_words(rest)}" if century == 19 else f"two thousand {in_words(rest)}"
    return f"{in_words(century)} {in_words(rest)}"


def month(day: date) -> str:
    """Name the month of a day."""
    return MONTHS[day.month - 1]


FORMS: dict[str, Callable[[date], str]] = {
    "5 March 1998": lambda day: f"{day.day} {month(day)} {day.year}",
    "March 5, 1998": lambda day: f"{month(day)} {day.day}, {day.year}",
    "Mar 5 1998": lambda day: f"{month(day)[:3]} {day.day} {day.year}",
    "5th of March 1998": lambda day: f"{ordinal(day.day)} of {month(day)} {day.year}",
    "Thursday, 5 March 1998": lambda day: f"{WEEKDAYS[day.weekday()]}, {day.day} {month(day)} {day.year}",
    "1998 March 5": lambda day: f"{day.year} {month(day)} {day.day}",
    "05.03.1998": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "3/5/1998": lambda day: f"{day.month}/{day.day}/{day.year}",
    "5 III 1998": lambda day: f"{day.day} {ROMAN[day.month - 1]} {day.year}",
    "March the fifth, 1998": lambda day: f"{month(day)} the {ordinal_in_words(day.day)}, {day.year}",
    "5 March, nineteen ninety-eight": lambda day: f"{day.day} {month(day)}, {year_in_words(day.year)}",
    "the fifth of March, nineteen ninety-eight": lambda day: (
        f"the {ordinal_in_words(day.day)} of {month(day)}, {year_in_words(day.year)}"
    ),
}
"""Ways to write a day, each named by what it makes of the same one. Slashes mean month/day, as in America."""

START = 0
"""The id that stands before the first character of what is written."""
READ_CHARACTERS = "".join(
    sorted(
        {
            character
            for words in (
                MONTHS,
                WEEKDAYS,
                ROMAN,
                ONES,
                TENS,
                ORDINALS.values(),
                ["0123456789 ,./-", "of", "th"],
            )
            for word in words
            for character in word
        }
    )
)
"""Their ids begin at 1, since 0 is padding."""
WRITTEN_CHARACTERS = "0123456789-"
"""Their ids begin at 1, after ``START``."""
ISO_LENGTH = 10


class WrittenDay(NamedTuple):
    """A day as somebody writes it, and as ISO has it."""

    text: str
    iso: str
    form: str
    """Which of ``FORMS``."""


@cache
def days() -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Split all days into those to train on and those held out, the same way each time."""
    every = [FIRST + timedelta(count) for count in range((LAST - FIRST).days + 1)]
    random.Random(SEED).shuffle(every)
    return tuple(every[HELD_OUT:]), tuple(every[:HELD_OUT])


def written(some: Iterable[date], chance: random.Random) -> list[WrittenDay]:
    """Write each day in one of the forms, drawn by chance."""
    names = list(FORMS)
    drawn = [(day, chance.choice(names)) for day in some]
    return [WrittenDay(FORMS[form](day), day.isoformat(), form) for day, form in drawn]


def held_out() -> list[WrittenDay]:
    """Write each day that no training sees, in a form drawn by chance, the same each time."""
    return written(days()[1], random.Random(SEED))


def read_ids(texts: Iterable[str]) -> torch.Tensor:
    """Number the characters of texts, filled up with 0: shape (count, longest), int64.

    Raises:
        ValueError: If a character is not among ``READ_CHARACTERS``.
    """
    return pad_sequence([numbered(text, READ_CHARACTERS) for text in texts], batch_first=True)


def iso_ids(isos: Iterable[str]) -> torch.Tensor:
    """Number the characters of ISO dates: shape (count, 10), int64."""
    return torch.stack([numbered(iso, WRITTEN_CHARACTERS) for iso in isos])


def numbered(text: str, characters: str) -> torch.Tensor:
    """Give each character its place among others, counted from 1."""
    unknown = sorted(set(text) - ids_of(characters).keys())
    if unknown:
        raise ValueError(f"{text!r} has {unknown}, but the net has numbers only for {characters!r}")
    return torch.tensor([ids_of(characters)[character] for character in text])


@cache
def ids_of(characters: str) -> dict[str, int]:
    """Number characters from 1."""
    return {character: number for number, character in enumerate(characters, start=1)}


def iso_texts(ids: torch.Tensor) -> list[str]:
    """Turn ids of shape (count, 10) back into text; what is no character is shown as a question mark."""
    return ["".join(("?" + WRITTEN_CHARACTERS)[each] for each in row) for row in ids.tolist()]


def by_rule(text: str) -> str:
    """Read a day by a rule for years in figures and for months in letters or figures.

    Returns:
        The ISO date, or an empty text where the rule finds no day, month or year.
    """
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    names = [place for place, name in enumerate(MONTHS, start=1) if name[:3] in text]
    years = [number for number in numbers if number > 31]
    others = [number for number in numbers if number <= 31]
    if not years:
        return ""
    if names and len(others) == 1:
        return f"{years[0]}-{names[0]:02}-{others[0]:02}"
    if len(others) == 2:
        day, month_number = others if "." in text else reversed(others)
        return f"{years[0]}-{month_number:02}-{day:02}"
    return ""

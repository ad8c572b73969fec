"""Days in many forms: each says what Python's own calendar says, and none is in two parts."""

import random
from datetime import date, datetime

import pytest
from academy.lessons.lesson7.dates import (
    FIRST,
    FORMS,
    LAST,
    by_rule,
    days,
    held_out,
    iso_ids,
    iso_texts,
    ordinal,
    ordinal_in_words,
    read_ids,
    written,
    year_in_words,
)

DAY = date(1998, 3, 5)
READ_BY_PYTHON = {
    "5 March 1998": "%d %B %Y",
    "March 5, 1998": "%B %d, %Y",
    "Mar 5 1998": "%b %d %Y",
    "Thursday, 5 March 1998": "%A, %d %B %Y",
    "1998 March 5": "%Y %B %d",
    "05.03.1998": "%d.%m.%Y",
    "3/5/1998": "%m/%d/%Y",
}
IN_WORDS = {"March the fifth, 1998", "5 III 1998", "5th of March 1998"} | {
    form for form in FORMS if "nineteen" in form
}


def test_each_form_is_named_by_what_it_writes():
    assert [form(DAY) for form in FORMS.values()] == list(FORMS)


@pytest.mark.parametrize(("form", "read"), READ_BY_PYTHON.items())
def test_days_in_figures_are_read_back_by_python(form, read):
    for day in days()[1][:200]:
        assert datetime.strptime(FORMS[form](day), read).date() == day


def test_every_day_has_a_form_of_its_own():
    for form in FORMS.values():
        texts = {form(day) for part in days() for day in part}
        assert len(texts) == (LAST - FIRST).days + 1


def test_words_for_numbers():
    assert [ordinal(day) for day in (1, 2, 3, 11, 12, 13, 21, 31)] == (
        ["1st", "2nd", "3rd", "11th", "12th", "13th", "21st", "31st"]
    )
    assert [ordinal_in_words(day) for day in (1, 8, 12, 20, 21, 30)] == (
        ["first", "eighth", "twelfth", "twentieth", "twenty-first", "thirtieth"]
    )
    said = {
        1900: "nineteen hundred",
        1905: "nineteen oh five",
        1940: "nineteen forty",
        2000: "two thousand",
        2009: "two thousand nine",
        2026: "twenty twenty-six",
    }
    assert {year: year_in_words(year) for year in said} == said


def test_days_held_out_are_in_no_training():
    training, kept = days()
    assert not set(training) & set(kept)
    assert {day.iso for day in held_out()} == {day.isoformat() for day in kept}
    assert held_out() == held_out()


def test_the_rule_reads_figures_and_no_words():
    drawn = written(days()[1], random.Random(1))
    right = {form: [by_rule(day.text) == day.iso for day in drawn if day.form == form] for form in FORMS}
    assert all(all(right[form]) for form in READ_BY_PYTHON)
    assert not any(any(right[form]) for form in IN_WORDS - {"5th of March 1998"})


def test_iso_dates_come_back_from_their_ids():
    assert iso_texts(iso_ids(["1998-03-05", "2026-12-31"])) == ["1998-03-05", "2026-12-31"]


def test_short_texts_are_filled_up():
    ids = read_ids(["3/5/1998", "12/25/1998"])
    assert ids.shape == (2, 10)
    assert (ids[0, 8:] == 0).all()
    assert (ids[1] > 0).all()


def test_a_character_without_a_number_is_named():
    with pytest.raises(ValueError, match=r"'5 мая' has \['а', 'м', 'я'\]"):
        read_ids(["5 мая"])

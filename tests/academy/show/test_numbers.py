"""Numbers and claims: strict in the book's build, harmless in a reader's notebook."""

import pytest
from academy.show.numbers import ClaimContradicted, claim, glue


@pytest.fixture
def book(monkeypatch):
    monkeypatch.setenv("ACADEMY_BOOK", "1")


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.delenv("ACADEMY_BOOK", raising=False)


@pytest.mark.parametrize(("difference", "spread"), [(0.1, 0.0), (0.21, 0.2), (float("inf"), 1.0)])
def test_a_claim_holds_above_its_spread(book, capsys, difference, spread):
    claim("deeper is better", difference, spread)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("difference", "spread"), [(0.0, 0.0), (-0.1, 0.0), (0.2, 0.2), (float("nan"), 0.0)])
def test_a_contradicted_claim_stops_the_book_and_names_the_sentence(book, difference, spread):
    with pytest.raises(ClaimContradicted, match="“deeper is better”") as caught:
        claim("deeper is better", difference, spread)
    assert f"above {spread:.4g}" in str(caught.value)
    assert f"measured {difference:.4g}" in str(caught.value)


def test_a_contradicted_claim_is_only_a_note_to_a_reader(notebook, capsys):
    claim("deeper is better", -0.1)
    assert "“deeper is better”" in capsys.readouterr().out


def test_glue_outside_of_the_book_shows_nothing(notebook, capsys):
    glue("lesson1-answer", "42")
    assert capsys.readouterr() == ("", "")


def test_glue_in_the_book_reaches_the_prose(book, monkeypatch):
    handed = {}
    monkeypatch.setattr("myst_nb.glue", lambda name, value, display: handed.update({name: (value, display)}))
    glue("lesson1-answer", "42")
    assert handed == {"lesson1-answer": ("42", False)}

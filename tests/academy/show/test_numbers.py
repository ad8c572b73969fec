"""Numbers and claims: strict in the book's build, harmless in a reader's notebook."""

import pytest
from academy.show.numbers import ClaimContradicted, claim, difference, glue


@pytest.fixture
def book(monkeypatch):
    monkeypatch.setenv("ACADEMY_BOOK", "1")


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.delenv("ACADEMY_BOOK", raising=False)


@pytest.mark.parametrize(("measured", "spread"), [(0.1, 0.0), (0.21, 0.2), (float("inf"), 1.0)])
def test_a_claim_holds_above_its_spread(book, capsys, measured, spread):
    claim("deeper is better", measured, spread)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("measured", "spread"), [(0.0, 0.0), (-0.1, 0.0), (0.2, 0.2), (float("nan"), 0.0)])
def test_a_contradicted_claim_stops_the_book_and_names_the_sentence(book, measured, spread):
    with pytest.raises(ClaimContradicted, match="“deeper is better”") as caught:
        claim("deeper is better", measured, spread)
    assert f"above {spread:.4g}" in str(caught.value)
    assert f"measured {measured:.4g}" in str(caught.value)


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


# Tables of Student's distribution, two-sided 5 %: 4.303 for 2 degrees of freedom, 2.776 for 4.
@pytest.mark.parametrize(
    ("first", "second", "paired", "mean", "margin"),
    [
        ([11, 22, 33], [10, 20, 30], True, 2, 4.303 / 3**0.5),
        ([2, 3, 4], [1, 2, 3], False, 1, 2.776 * (2 / 3) ** 0.5),
    ],
)
def test_a_difference_has_the_interval_of_the_tables(first, second, paired, mean, margin):
    found = difference(first, second, paired)
    assert found.mean == pytest.approx(mean)
    assert found.margin == pytest.approx(margin, rel=2e-4)


def test_a_difference_is_written_with_its_interval():
    found = difference([0.11, 0.22, 0.33], [0.10, 0.20, 0.30], paired=True)
    assert f"{found:+.1%}" == "+2.0% ± 2.5%"


def test_a_difference_within_its_interval_supports_no_claim(book):
    claim("better", *difference([4, 4.1, 4.2], [1, 1.1, 1.3], paired=True))
    with pytest.raises(ClaimContradicted):
        claim("better", *difference([11, 22, 33], [10, 20, 30], paired=True))


@pytest.mark.parametrize(
    ("first", "second", "paired", "said"),
    [([1], [1, 2], False, "got 1 and 2"), ([1, 2], [1, 2, 3], True, "got 2 and 3 runs")],
)
def test_runs_too_few_or_without_a_partner_are_named(first, second, paired, said):
    with pytest.raises(ValueError, match=said):
        difference(first, second, paired)

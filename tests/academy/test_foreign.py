"""What others wrote can be shown, whatever it is."""

import pytest
from academy.foreign import cleaned, is_shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Հայկ 深度 👩‍🔬 می‌خواهم", "Հայկ 深度 👩‍🔬 می‌خواهم"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("\x1b[2Jgone", "\ufffd[2Jgone"),
        ("half \ud800 a pair", "half \ufffd a pair"),
        ("turned \u202e around", "turned \ufffd around"),
        ("$\\foo$ [bold]", "$\\foo$ [bold]"),
        ("", ""),
    ],
)
def test_only_what_is_seen_stays(text: str, shown: str) -> None:
    assert cleaned(text, 60) == shown
    assert cleaned(text, 60).encode("utf-8").decode("utf-8") == shown


def test_a_long_text_is_cut() -> None:
    assert cleaned("x" * 61, 60) == "x" * 59 + "…"
    assert cleaned("x" * 60, 60) == "x" * 60
    assert cleaned(" " * 10**6 + "x", 60) == "…"


@pytest.mark.parametrize(
    "character", ["\ue000", "\uf8ff", "\ufdd0", "\ufffe", "\U0010ffff", "\u2028", "\u00a0"]
)
def test_what_is_not_the_same_for_all_is_not_shown(character: str) -> None:
    assert not is_shown(character)


@pytest.mark.parametrize("character", ["\U0001fa77", "\U0001fae9", "\u0378"])
def test_a_character_newer_than_this_python_is_shown(character: str) -> None:
    assert is_shown(character)

"""Names as people write them are taken, what nobody would see is refused; a giant link costs no entry."""

import json

import pytest
from academy.compete.entries import Status
from academy.compete.refused import Refused
from academy.compete.submission import LONGEST_LINK, text_in
from academy.competitions.spiral.scoring import score
from hand_ins import TOML

NAMES = [
    "👨‍👩‍👧 family",
    "می‌خواهم",
    "שלום עולם",
    "\U0001fa77 of Unicode 15, which Python 3.11 does not know",
    "\U0001d504" * 80,
    '" \\ $\\foo$ [bold]',
]
UNSEEN = {
    "a mark of direction": ("a\u202eb", "U+202E is none"),
    "half a surrogate pair": ("a\ud83d", "U+D83D is none"),
    "an escape": ("a\x1b[2J", "U+001B is none"),
    "two lines": ("a\nb", "U+000A is none"),
    "a separator of lines": ("a\u2028b", "U+2028 is none"),
    "a character of somebody's own": ("a\uf8ff", "U+F8FF is none"),
    "no character ever": ("a\uffff", "U+FFFF is none"),
    "joiners alone": ("\u200d \u200c", "it has none"),
    "blanks alone": (" \u3000", "it has none"),
    "one too many": ("\U0001d504" * 81, "it has 81"),
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_as_people_write_it_is_taken(hand_in, name):
    entry = score(hand_in(TOML.replace('"Six tanh"', json.dumps(name, ensure_ascii=False))))
    assert entry.status is not Status.REFUSED, entry.reason
    assert entry.submission.name == name


@pytest.mark.parametrize("case", UNSEEN)
def test_a_name_that_is_not_seen_is_refused(case):
    name, found = UNSEEN[case]
    with pytest.raises(Refused, match=r"^name in submission\.toml must be one line") as refusal:
        text_in({"name": name}, "name", 80)
    assert str(refusal.value).endswith(found)


def test_a_link_too_long_for_a_board_is_left_out(hand_in):
    longest = "https://example.org/notebook".ljust(LONGEST_LINK, "x")
    for link, kept in {longest: longest, longest + "x": ""}.items():
        entry = score(hand_in(TOML.replace("https://example.org/notebook", link), folder=str(len(link))))
        assert entry.submission.link == kept

"""What the page lets out and what the checker takes are one rule, told in two languages."""

import sys
import unicodedata
from itertools import product

import pytest
from academy.compete import submission, tensors
from academy.compete.entries import Status
from academy.compete.refused import Refused
from academy.competitions.spiral import scoring
from academy.data.plane import SPIRAL_NOISE
from academy.foreign import is_noncharacter, is_shown

SHAPES = [[width] * layers for layers, width in product(range(13), (1, 2, 16))]
SHAPES += [[1, *[16] * 9], [16, 1], [*[2] * 9, 1]]


def board_of(hidden):
    try:
        return scoring.board_of([2, *hidden, 1])
    except Refused:
        return None


def test_the_same_characters_are_shown(calculate):
    codes = range(sys.maxunicode + 1)
    shown = calculate(
        "texts",
        """let shown = "";
        for (let code = 0; code <= given; code++) shown += texts.isShown(String.fromCodePoint(code)) ? 1 : 0;
        return shown;""",
        sys.maxunicode,
    )
    assert len(shown) == len(codes)
    refused = [f"U+{code:04X}" for code in codes if shown[code] == "1" and not is_shown(chr(code))]
    assert refused == []
    # The browser may know a newer Unicode, whose new controls this Python takes for unassigned.
    known = [c for c in codes if unicodedata.category(chr(c)) != "Cn" or is_noncharacter(chr(c))]
    assert [f"U+{code:04X}" for code in known if (shown[code] == "1") != is_shown(chr(code))] == []
    assert shown.count("1") > 900_000


def test_the_same_limits_hold(calculate):
    texts, link, to_pass, noise = calculate(
        "texts competition",
        "return [texts.LONGEST, competition.LONGEST_LINK, competition.TO_PASS, competition.NOISE];",
    )
    assert texts == submission.LONGEST["name"] == submission.LONGEST["author"]
    assert link == submission.LONGEST_LINK
    assert to_pass == scoring.TO_PASS
    assert noise == SPIRAL_NOISE


def test_what_the_page_opens_is_as_large_as_what_the_checker_reads(calculate):
    file, archive, units = calculate(
        "zip sharing state",
        "return [zip.LARGEST_FILE, sharing.LARGEST_ARCHIVE, state.MOST_UNITS];",
    )
    assert file == archive == scoring.LARGEST[tensors.FILE]
    assert units <= scoring.WIDEST


def test_the_boards_are_the_same(calculate):
    found = calculate("competition", "return given.map(competition.boardOf);", SHAPES)
    assert found == [board_of(hidden) for hidden in SHAPES]
    assert set(found) == {None, *scoring.BOARDS}


def test_the_activations_are_the_same(calculate):
    labels = calculate("activations", "return Object.values(activations.ACTIVATIONS).map((e) => e.label);")
    assert sorted(labels) == sorted(scoring.ACTIVATIONS)


@pytest.mark.parametrize(("activation", "handed"), [("elu", [0, 1e6]), ("sine", [0, 1e6, 1e30])])
def test_whatever_the_weights_what_is_handed_out_is_taken(calculate, tmp_path, activation, handed):
    handed_out = calculate(
        "run state competition",
        """const handed = [];
        for (const scale of [0, 1e6, 1e30, 1e39, NaN]) {
            const one = new run.Run({...state.USUAL, hidden: [3, 2], activation: given, size: 50});
            one.network.parameters.set(one.network.parameters.map((value) => scale * Math.sign(value)));
            if (competition.whyNot(one)) continue;
            const blob = competition.writeFolder(one, {name: "Large", author: "A reader", link: ""});
            handed.push([scale, [...new Uint8Array(await blob.arrayBuffer())]]);
        }
        return handed;""",
        activation,
    )
    for scale, content in handed_out:
        path = tmp_path / f"{scale}.zip"
        path.write_bytes(bytes(content))
        entry = scoring.score(path)
        assert entry.status is not Status.REFUSED, f"{scale}: {entry.reason}"
    assert [scale for scale, _ in handed_out] == handed


def test_numbers_beyond_a_hand_ins_are_refused_by_both(calculate, tmp_path):
    reason, content = calculate(
        "run state competition",
        """const one = new run.Run({...state.USUAL, size: 50});
        one.network.parameters.fill(1e30);
        const blob = competition.writeFolder(one, {name: "Large", author: "A reader", link: ""});
        return [competition.whyNot(one), [...new Uint8Array(await blob.arrayBuffer())]];""",
    )
    assert "too large for the 32-bit numbers" in reason
    path = tmp_path / "large.zip"
    path.write_bytes(bytes(content))
    assert scoring.score(path).status is Status.REFUSED

"""A board shows what was measured beside what is claimed, and what others wrote as text alone."""

from academy.compete.entries import Entry, Status, score_all, shared_ranks
from academy.compete.tables import Link, board_table, table, written
from academy.competitions.spiral.scoring import order, score
from bs4 import BeautifulSoup
from hand_ins import TOML, tensors_of

COLUMNS = {"Layers": lambda entry: "-".join(map(str, entry.widths))}


def rows(html):
    found = BeautifulSoup(html.data, "html.parser")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in found.find_all("tr")]


def test_measured_and_claimed_stand_side_by_side(hand_in, tmp_path):
    place = hand_in(folder="boast")
    claimed = TOML.replace("= 43", "= 7").replace("= 0.5", "= 0.871")
    (place / "submission.toml").write_text(claimed)
    measured = score(place).accuracy
    honest = TOML.replace("Six tanh", "Honest").replace("= 0.5", f"= {measured:.5f}")
    hand_in(honest, folder="honest")
    head, *found = rows(board_table("A board", score_all(tmp_path, score, order), COLUMNS))
    assert head == ["Rank", "Entry", "Parameters", "Accuracy", "Claimed", "Layers", "By"]
    share = f"{measured:.2%}"
    assert found == [
        ["1", "Six tanh", "43", share, "not measured: 87.10% with 7", "2-6-3-1", "A reader"],
        ["2", "Honest", "43", share, share, "2-6-3-1", "A reader"],
    ]


def test_what_others_wrote_stays_text(hand_in, tmp_path):
    evil = TOML.replace("Six tanh", "<script>alert(1)</script>").replace("A reader", "<img src=x>")
    hand_in(evil.replace("https://example.org/notebook", 'https://example.org/?\\"onclick=\\"alert(1)'))
    table = BeautifulSoup(board_table("<b>", score_all(tmp_path, score, order), COLUMNS).data, "html.parser")
    assert not table.find_all(["script", "img", "b"])
    assert table.find("a").attrs.keys() == {"href", "rel"}
    assert table.find("a").get_text() == "<script>alert(1)</script>"


def test_an_entry_without_a_link_leads_nowhere(hand_in, tmp_path):
    hand_in(TOML.replace("https://example.org/notebook", ""), tensors_of([2, 6, 3, 1]))
    assert "<a" not in board_table("A board", score_all(tmp_path, score, order), {}).data


def test_equal_entries_share_a_rank_to_the_digits_shown():
    measured = [(15, 0.84712), (15, 0.84708), (15, 0.8469), (20, 0.86)]
    entries = [Entry("", Status.PASSED, "", accuracy, count) for count, accuracy in measured]
    assert shared_ranks(entries, order) == ["1", "1", "3", "4"]
    assert shared_ranks([], order) == []


def test_the_books_own_entries_take_nobodys_place(hand_in, tmp_path):
    tensors = tensors_of([2, 6, 3, 1])
    hand_in(TOML.replace('"A reader"', '"This book"'), tensors, folder="a-reference")
    hand_in(TOML, tensors, folder="b-tied-with-it")
    hand_in(TOML.replace("Six tanh", "Also"), tensors, folder="c-tied-too")
    assert shared_ranks(score_all(tmp_path, score, order), order) == ["–", "1", "1"]


def test_no_cell_commands_a_terminal_or_is_read_as_mathematics():
    html = table("of \x1b[2J", ["a"], [["half \ud800, \u202eturned, $x_1$"], ["x" * 100_000]]).data
    assert len(html.encode()) < 10_000
    assert not {"\x1b", "\u202e"} & set(html)
    assert "$x_1$" in html
    around = BeautifulSoup(html, "html.parser").find("table").parent
    assert {"tex2jax_ignore", "mathjax_ignore"} <= set(around["class"])


def test_an_address_is_written_so_that_it_stays_one():
    html = written(Link("a page", "https://example.org/?a=1&b=<i>\"'"))
    link = BeautifulSoup(html, "html.parser").a
    assert link["href"] == "https://example.org/?a=1&b=<i>\"'"
    assert set(link.attrs) == {"href", "rel"}
    assert "&amp;b=&lt;i&gt;&quot;" in html

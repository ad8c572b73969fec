"""The clock keeps one row a command, and no time of what failed."""

import command_clock
import pytest


def test_a_command_timed_again_replaces_its_row_and_rows_keep_their_order():
    rows = []
    for name, seconds in (("again", 20), ("ci", 3000), ("again", 15)):
        rows = command_clock.with_row(rows, {"name": name, "seconds": seconds})
    assert rows == [{"name": "ci", "seconds": 3000}, {"name": "again", "seconds": 15}]


def test_what_is_run_is_timed_and_what_fails_is_refused():
    assert 0 <= command_clock.timed(["true"]) < 60
    with pytest.raises(Exception, match="false ended with 1; its time is not recorded"):
        command_clock.timed(["false"])


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(Exception, match="there is no “tests”, only: ci, book, again"):
        command_clock.main("tests")

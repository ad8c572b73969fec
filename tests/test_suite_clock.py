"""The clock of the suite counts each test under one kind."""

import pytest
import suite_clock
from sites import ROOT

REPORT = """\
<testsuites><testsuite failures="0" errors="0" time="7.5">
<testcase classname="tests.book.test_pages_design" name="a" time="1.5"/>
<testcase classname="tests.book.test_strict" name="b" time="2"/>
<testcase classname="tests.slides.test_engine" name="c" time="3"/>
</testsuite></testsuites>
"""


def test_what_took_long_comes_first_and_folders_of_one_kind_are_added(tmp_path):
    report = tmp_path / "tests.xml"
    report.write_text(REPORT)
    assert suite_clock.rows(report) == [
        {"kind": "The build, and what is in the page", "tests": 2, "seconds": 5},
        {"kind": "Pages in a browser", "tests": 1, "seconds": 2},
    ]


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/**/test_*.py")), ids=lambda path: path.stem)
def test_every_file_of_tests_has_a_kind(path):
    assert suite_clock.kind_of(".".join(path.relative_to(ROOT).with_suffix("").parts))


@pytest.mark.parametrize("broken", ['failures="1"', 'errors="1"'])
def test_a_run_in_which_something_failed_is_not_recorded(tmp_path, broken):
    report = tmp_path / "tests.xml"
    report.write_text(REPORT.replace(broken.replace("1", "0"), broken))
    with pytest.raises(Exception, match="no report of a whole run"):
        suite_clock.main(report)

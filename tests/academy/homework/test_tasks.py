"""What a check says: to right answers however written, to missing ones, and to answers that raise."""

import json
from types import ModuleType

import pytest
import torch
from academy.homework.tasks import Homework, NotSolved, right, wrong

import __main__


def doubles(double, start):
    if double(start) == 2 * start:
        yield right("it doubles")
    else:
        yield wrong(f"{start} becomes {double(start)}, not {2 * start}.", "multiply by two.")


@pytest.fixture
def homework():
    return Homework("homework0", [("double", doubles)])


def test_a_right_answer(homework):
    result = homework.result(1, {"double": lambda x: x + x, "start": 3})
    assert result.solved
    assert str(result) == "Task 1, double: solved\n  ✓ it doubles"


def test_a_notebook_draws_the_same_numbers_checked_or_not(homework):
    torch.manual_seed(0)
    unchecked = torch.rand(3)
    torch.manual_seed(0)
    homework.result(1, {"double": lambda x: x + x + 0 * int(torch.rand(1)), "start": 3})
    assert torch.equal(torch.rand(3), unchecked)


def test_a_wrong_answer_says_both_values_and_where_to_look(homework):
    result = homework.result(1, {"double": lambda x: x + 1, "start": 3})
    assert not result.solved
    assert str(result) == (
        "Task 1, double: not yet solved\n  ✗ 3 becomes 4, not 6.\n    Look next: multiply by two."
    )


@pytest.mark.parametrize("answers", [{}, {"double": ..., "start": ...}])
def test_each_missing_answer_is_named(homework, answers):
    result = homework.result(1, answers)
    assert [finding.text for finding in result.findings] == ["`double` is missing.", "`start` is missing."]


@pytest.mark.parametrize("error", [KeyError("x"), RuntimeError("sizes 2 and 3\nmore"), SystemExit(1)])
def test_an_answer_that_raises_is_a_finding(homework, error):
    def raises(x):
        raise error

    result = homework.result(1, {"double": raises, "start": 3})
    assert not result.solved
    assert f"raised {type(error).__name__}" in result.findings[0].text


def test_the_line_of_a_notebook_that_raised_is_quoted(homework):
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell(user_module=ModuleType("notebook"))
    shell.run_cell("def double(x):\n    return x / nothing")
    result = homework.result(1, {"double": shell.user_ns["double"], "start": 3})
    assert "NameError: name 'nothing' is not defined, in your line `return x / nothing`." in str(result)


def test_check_reads_the_notebooks_variables_and_prints(homework, monkeypatch, capsys):
    monkeypatch.delenv("ACADEMY_BOOK", raising=False)
    monkeypatch.setattr(__main__, "double", lambda x: 2 * x, raising=False)
    monkeypatch.setattr(__main__, "start", 1, raising=False)
    homework.check(1)
    assert capsys.readouterr().out == "Task 1, double: solved\n  ✓ it doubles\n"


def test_what_check_prints_fits_below_a_cell(homework, monkeypatch, capsys):
    monkeypatch.delenv("ACADEMY_BOOK", raising=False)
    monkeypatch.setattr(__main__, "double", lambda x: "word " * 30, raising=False)
    monkeypatch.setattr(__main__, "start", 3, raising=False)
    homework.check(1)
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 76
    assert f"3 becomes {'word ' * 30}, not 6.".split() == printed.split("✗")[1].split("Look")[0].split()


def test_a_wrong_answer_never_raises_in_a_notebook_and_stops_the_book(homework, monkeypatch, capsys):
    monkeypatch.delenv("ACADEMY_BOOK", raising=False)
    homework.check(1)
    assert "`double` is missing." in capsys.readouterr().out
    monkeypatch.setenv("ACADEMY_BOOK", "1")
    with pytest.raises(NotSolved, match="`double` is missing"):
        homework.check(1)


def test_a_task_that_does_not_exist_is_refused_with_those_that_do(homework):
    with pytest.raises(ValueError, match="no task 2: homework0 has tasks 1 to 1"):
        homework.result(2, {})


def test_a_result_is_written_as_json(homework, tmp_path):
    homework.write(1, str(tmp_path / "result.json"))
    task = json.loads((tmp_path / "result.json").read_text())
    assert task["number"] == 1
    assert [finding["right"] for finding in task["findings"]] == [False, False]
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]

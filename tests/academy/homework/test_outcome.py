"""What a run left is read as a stranger's: anything but a result is a sentence, and other tasks count."""

import json
import os

import pytest
from academy.homework import outcome
from academy.lessons.lesson1.homework import homework

FINDING = {"right": True, "text": "yes", "look": ""}


def read(folder, left):
    (folder / "1.json").write_text(json.dumps({"number": 1, "title": "x", "findings": [FINDING]}))
    (folder / "2.json").write_bytes(left if isinstance(left, bytes) else json.dumps(left).encode())
    return outcome.read_results(homework, folder)


@pytest.mark.parametrize(
    "left",
    [
        b"",
        b"garbage",
        b"\xff\xfe",
        b"[" * 100_000,
        b"9" * 10_000,
        b" " * (outcome.LARGEST + 1),
        3,
        [],
        {},
        {"findings": 3},
        {"findings": [FINDING] * (outcome.MOST + 1)},
        {"findings": [{"bogus": 1}]},
        {"findings": [FINDING | {"right": 1}]},
        {"findings": [FINDING | {"text": None}]},
        {"findings": [FINDING | {"look": ["x"]}]},
    ],
    ids=lambda left: repr(left)[:40],
)
def test_what_is_no_result_is_a_sentence_and_the_task_unchecked(tmp_path, left):
    results, (problem,) = read(tmp_path, left)
    assert problem.startswith("What the check of task 2 left cannot be read: ")
    assert [result.solved for result in results] == [True] + [False] * 6


@pytest.mark.parametrize("make", [os.symlink, lambda _, path: os.mkfifo(path), lambda _, path: path.mkdir()])
def test_what_is_no_file_is_not_read(tmp_path, make):
    (tmp_path / "elsewhere").write_text(json.dumps({"findings": [FINDING]}))
    make(tmp_path / "elsewhere", tmp_path / "1.json")
    results, (problem,) = outcome.read_results(homework, tmp_path)
    assert problem.startswith("What the check of task 1 left cannot be read: ")
    assert not results[0].solved


def test_texts_of_a_result_can_be_shown(tmp_path):
    results, problems = read(tmp_path, {"findings": [FINDING | {"text": "\x1b[2J\ud800\n" + "x" * 9999}]})
    assert problems == []
    assert results[1].findings[0].text.startswith("\ufffd[2J\ufffd xxx")
    assert len(results[1].findings[0].text) < 2000


@pytest.mark.parametrize("left", [{}, [1], ["x"] * 999, "x"])
def test_problems_that_are_none_are_a_sentence(tmp_path, left):
    (tmp_path / outcome.PROBLEMS).write_text(json.dumps(left))
    (problem,) = outcome.read_problems(tmp_path)
    assert problem == "What the program that ran it left is no list of sentences."

"""Files are replaced whole, or left as they were."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from academy.atomic import atomic_folder, atomic_path, atomic_write


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    atomic_write(tmp_path / "a.txt", "old")
    atomic_write(tmp_path / "a.txt", "neu ü")
    assert (tmp_path / "a.txt").read_bytes() == "neu ü".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    atomic_write(tmp_path / "a.txt", "old")
    with pytest.raises(UnicodeEncodeError), atomic_path(tmp_path / "a.txt") as unfinished:
        unfinished.write_text("half of the ne\ud800", encoding="utf-8")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def write_often(path: Path, letter: str) -> None:
    for _ in range(200):
        atomic_write(path, letter * 10_000)


def test_two_who_write_at_once_do_not_trip_over_each_other(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        for done in [pool.submit(write_often, tmp_path / "a.txt", letter) for letter in "xy"]:
            done.result()
    assert set((tmp_path / "a.txt").read_text(encoding="utf-8")) in ({"x"}, {"y"})
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("is_there", [False, True])
def test_a_folder_comes_whole_where_nothing_was(tmp_path: Path, is_there: bool) -> None:
    if is_there:
        (tmp_path / "new").mkdir()
    with atomic_folder(tmp_path / "new") as unfinished:
        (unfinished / "a.txt").write_text("a")
        assert not (tmp_path / "new/a.txt").exists()
    assert [each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*")] == ["new", "new/a.txt"]


def test_a_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError), atomic_folder(tmp_path / "new") as unfinished:
        (unfinished / "a.txt").write_text("half of \ud800", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_stays(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/a.txt").write_text("old")
    with pytest.raises(OSError, match=r"(?i)not empty"), atomic_folder(tmp_path / "old") as unfinished:
        (unfinished / "a.txt").write_text("new")
    assert (tmp_path / "old/a.txt").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["old"]

"""A shelf that is damaged is named and begun anew; a disk that refuses is told, and nothing is deleted."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from academy.apps.pictures.shelf import Row, opened_shelf
from academy.assets.errors import CacheError

ROWS = {
    f"{number}.png": Row("stamp", f"digest {number}", bytes([number]) * 5_000, "") for number in range(20)
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with opened_shelf(tmp_path / "pixels.sqlite") as shelf:
        shelf.put(ROWS)
    return tmp_path / "pixels.sqlite"


def rows_of(path: Path) -> dict[str, Row]:
    with opened_shelf(path) as shelf:
        return shelf.rows()


def put(path: Path, rows: dict[str, Row], most_pages: int = 1_000) -> None:
    with opened_shelf(path) as shelf:
        shelf.connection.execute(f"PRAGMA max_page_count = {most_pages}")
        shelf.put(rows)


def test_rows_are_given_back_as_they_were_put(path: Path) -> None:
    assert rows_of(path) == ROWS


def test_a_row_is_replaced_and_removed(path: Path) -> None:
    with opened_shelf(path) as shelf:
        shelf.put({"3.png": Row("later", "other", b"", "broken")})
        shelf.drop(["4.png", "never there"])
    changed = ROWS | {"3.png": Row("later", "other", b"", "broken")}
    del changed["4.png"]
    assert rows_of(path) == changed


def test_rows_are_written_all_or_none(path: Path) -> None:
    with pytest.raises(CacheError):
        put(path, {"whole": ROWS["1.png"], "not": Row("stamp", None, b"", "")})  # type: ignore[arg-type]
    assert rows_of(path) == ROWS


def test_a_row_whose_value_was_changed_is_not_given(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE pictures SET value = ? WHERE key = '3.png'", [bytes(5_000)])
    connection.close()
    assert "3.png" not in rows_of(path)
    assert len(rows_of(path)) == len(ROWS) - 1


def emptied_header(content: bytes) -> bytes:
    return bytes(100) + content[100:]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def holes(content: bytes) -> bytes:
    """Empty every third page."""
    pages = [content[start : start + 4096] for start in range(0, len(content), 4096)]
    return b"".join(bytes(4096) if number % 3 == 1 else page for number, page in enumerate(pages))


def another_thing(content: bytes) -> bytes:
    return b"This is my thesis, not a database. " * 300


@pytest.mark.parametrize("damage", [emptied_header, cut, holes, another_thing])
def test_what_is_damaged_is_named_and_begun_anew(
    damage, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path.write_bytes(damage(path.read_bytes()))
    assert rows_of(path) == {}
    said = capfd.readouterr().err
    assert f"The index {path} is damaged (" in said
    assert said.endswith("It is made again.\n")
    with opened_shelf(path) as shelf:
        shelf.put(ROWS)
    assert rows_of(path) == ROWS
    assert capfd.readouterr().err == ""


def test_a_database_with_other_columns_is_begun_anew(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(tmp_path / "old.sqlite") as connection:
        connection.execute("CREATE TABLE pictures (name TEXT)")
    connection.close()
    assert rows_of(tmp_path / "old.sqlite") == {}
    assert "no such column: key" in capfd.readouterr().err


def test_an_empty_file_is_a_new_shelf(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "new.sqlite").touch()
    assert rows_of(tmp_path / "new.sqlite") == {}
    assert capfd.readouterr().err == ""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can reach, unlike pytest's."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def somebody_else() -> Iterator[None]:
    """Do something without root's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_disk_that_may_not_be_written_is_told_and_nothing_is_lost(path: Path, open_folder: Path) -> None:
    kept = open_folder / "pixels.sqlite"
    shutil.copy(path, kept)
    kept.chmod(0o444)
    open_folder.chmod(0o555)
    sentence = rf"The index {kept} cannot be kept: attempt to write a readonly database\. .*ACADEMY_CACHE"
    with somebody_else(), pytest.raises(CacheError, match=sentence):
        put(kept, {"new": ROWS["1.png"]})
    with somebody_else(), pytest.raises(CacheError, match="unable to open database file"):
        rows_of(open_folder / "new.sqlite")
    open_folder.chmod(0o755)
    assert rows_of(kept) == ROWS


def test_a_disk_that_is_full_is_told_and_what_was_written_stays(path: Path) -> None:
    more = {f"more {number}": row for number, row in enumerate(ROWS.values())}
    with pytest.raises(CacheError, match="database or disk is full"):
        put(path, more, most_pages=30)
    assert rows_of(path) == ROWS

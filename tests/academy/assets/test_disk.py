"""A disk that is full, and a cache folder in which something else stands where ours should."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from academy.assets import receipts
from academy.assets.cache import fetch
from academy.assets.errors import AssetError, CacheError
from academy.assets.sources import process
from academy.assets.sources.base import Limits
from stand_in import contents

Register = Callable[..., Path]

FILES = {"a/first.txt": b"first", "b/second.txt": b"second"}
THESIS = b"years of work"


@pytest.fixture(autouse=True)
def _pair(register: Register, tmp_path: Path) -> None:
    """Register an asset that this machine has."""
    for path, content in FILES.items():
        (tmp_path / "system" / path).parent.mkdir(parents=True)
        (tmp_path / "system" / path).write_bytes(content)
    register("pair", FILES, {"kind": "system", "folder": str(tmp_path / "system")})


def refuse(code: int, after: int = 0) -> Callable[..., None]:
    """Stand in for something that writes, and refuse after some calls that do nothing."""
    left = iter(range(after))

    def write(*arguments: object) -> None:
        if next(left, None) is None:
            raise OSError(code, os.strerror(code))

    return write


def expect_full_disk(cache: Path, said: str) -> None:
    with pytest.raises(CacheError, match=f"cannot be written to .*{cache}: the disk is full: {said}"):
        fetch("pair")
    assert [name for name in contents(cache) if not name.startswith((".locks/", ".receipts/pair.json"))] == []
    assert not (cache / "pair").exists()
    assert contents(cache / ".arriving") == {}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("name", ["shutil.disk_usage", "academy.assets.receipts.atomic_write"])
def test_a_full_disk_is_named_as_such(
    code: int, name: str, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(name, refuse(code))
        expect_full_disk(cache_folder, os.strerror(code))
    assert contents(fetch("pair")) == FILES


@pytest.mark.parametrize("moved", [0, 1])
def test_a_disk_that_is_full_while_files_are_moved_leaves_none(
    moved: int, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, left = Path.replace, [None] * moved

    def replace(place: Path, target: Path) -> Path:
        if place.name in ("first.txt", "second.txt") and not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if place.name in ("first.txt", "second.txt"):
            left.pop()
        return plain(place, target)

    with monkeypatch.context() as full:
        full.setattr(Path, "replace", replace)
        expect_full_disk(cache_folder, os.strerror(errno.ENOSPC))
    assert contents(fetch("pair")) == FILES


CLIENTS: dict[str, Callable[[Path], None]] = {
    "a client": lambda folder: process.run(
        ["sh", "-c", "cat /dev/zero > /dev/full"], folder, Limits(60, 1000)
    ),
    "a process of ours": lambda folder: process.run_apart(
        shutil.copyfile, ["/dev/zero", "/dev/full"], folder, Limits(60, 1000)
    ),
    "a client whose last words are others": lambda folder: process.run(
        ["sh", "-c", "echo 'OSError: [Errno 28] No space left on device' >&2; echo bye >&2; exit 2"],
        folder,
        Limits(60, 1000),
    ),
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_that_finds_the_disk_full_has_not_failed(client: str, tmp_path: Path) -> None:
    folder = tmp_path / "scratch"
    folder.mkdir()
    with pytest.raises(OSError, match="No space left on device") as caught:
        CLIENTS[client](folder)
    assert caught.value.errno == errno.ENOSPC


# Something else where ours should stand

OURS = [".arriving", ".arriving/pair", ".arriving/pair/files", ".locks", ".receipts", "pair", "pair/a"]


@pytest.mark.parametrize("place", OURS)
def test_a_fetch_writes_through_no_link(place: str, cache_folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for path in ("a/first.txt", "pair/a/first.txt", "files/thesis.txt", "pair.json", "pair.lock"):
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(THESIS)
    (cache_folder / place).parent.mkdir(parents=True, exist_ok=True)
    (cache_folder / place).symlink_to(home)
    before = contents(home)
    with pytest.raises(CacheError, match=r"cannot be written to the cache folder"):
        fetch("pair")
    assert contents(home) == before
    assert (cache_folder / place).is_symlink()


@pytest.mark.parametrize("place", OURS)
def test_a_file_where_a_folder_should_be_is_told_and_stays(place: str, cache_folder: Path) -> None:
    (cache_folder / place).parent.mkdir(parents=True, exist_ok=True)
    (cache_folder / place).write_bytes(THESIS)
    with pytest.raises(CacheError, match=f"cannot be written to the cache folder .*{place}"):
        fetch("pair")
    assert (cache_folder / place).read_bytes() == THESIS


def test_a_lock_that_is_a_link_touches_nothing(cache_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(THESIS)
    (cache_folder / ".locks").mkdir(parents=True)
    (cache_folder / ".locks" / "pair.lock").symlink_to(tmp_path / "thesis.txt")
    with pytest.raises(CacheError, match=r"pair\.lock"):
        fetch("pair")
    assert (tmp_path / "thesis.txt").read_bytes() == THESIS


def test_a_note_of_failure_is_made_through_no_link(cache_folder: Path, tmp_path: Path) -> None:
    (cache_folder / ".receipts").mkdir(parents=True)
    (cache_folder / ".receipts" / "pair.failed").symlink_to(tmp_path / "new.txt")
    receipts.note_failure("pair")
    assert not (tmp_path / "new.txt").exists()


def test_a_folder_elsewhere_that_holds_the_asset_can_be_read(cache_folder: Path, tmp_path: Path) -> None:
    cache_folder.mkdir()
    (cache_folder / "pair").symlink_to(tmp_path / "system")
    assert contents(fetch("pair")) == FILES


def test_a_file_linked_into_the_folder_is_read_and_a_damaged_one_replaced_not_written(
    cache_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_bytes(THESIS)
    (cache_folder / "pair" / "a").mkdir(parents=True)
    (cache_folder / "pair" / "a" / "first.txt").symlink_to(tmp_path / "mine.txt")
    assert contents(fetch("pair")) == FILES
    assert (tmp_path / "mine.txt").read_bytes() == THESIS


@pytest.mark.parametrize("name", ["~nobody-of-this-name/cache", "ring/cache"])
def test_a_cache_folder_that_cannot_be_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACADEMY_CACHE", name)
    with pytest.raises(AssetError, match="ACADEMY_CACHE"):
        fetch("pair")


def test_without_a_home_the_reader_learns_how_to_name_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACADEMY_CACHE", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)  # a user of no account
    with pytest.raises(AssetError, match=r"there is no home folder .*ACADEMY_CACHE=/tmp/pa-academy"):
        fetch("pair")


def test_a_failure_that_a_wrong_clock_dates_into_the_future_is_forgotten(cache_folder: Path) -> None:
    receipts.note_failure("pair")
    assert receipts.failed_lately("pair")
    os.utime(cache_folder / ".receipts" / "pair.failed", (4e9, 4e9))
    assert not receipts.failed_lately("pair")

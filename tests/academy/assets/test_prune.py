"""Pruning removes what a fetch brought and nobody needs, whatever else lies in the cache."""

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from academy.assets import pruning, registry
from academy.assets.cache import fetch
from academy.assets.errors import CacheError
from stand_in import contents

Register = Callable[..., Path]

THESIS = b"years of work"
SUM_OF_THESIS = sha256(THESIS).hexdigest()


@pytest.fixture
def thesis(tmp_path: Path) -> Path:
    """A file of the user outside of the cache."""
    (tmp_path / "home" / "old").mkdir(parents=True)
    (tmp_path / "home" / "old" / "thesis.txt").write_bytes(THESIS)
    return tmp_path / "home" / "old" / "thesis.txt"


@pytest.fixture
def have(register: Register, tmp_path: Path) -> Callable[..., Path]:
    """Register and fetch an asset from a folder of this machine."""

    def fetched(name: str, files: dict[str, bytes]) -> Path:
        for path, content in files.items():
            place = tmp_path / "system" / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        register(name, files, {"kind": "system", "folder": str(tmp_path / "system" / name)})
        return fetch(name)

    return fetched


@pytest.fixture
def unregister(tmp_path: Path) -> Callable[[str], None]:
    """Take an asset, and all registered after it, out of the registry."""

    def remove(name: str) -> None:
        path = tmp_path / "registry.toml"
        path.write_text(path.read_text().split(f"[{name}]")[0])
        registry.assets.cache_clear()

    return remove


Have = Callable[..., Path]
Unregister = Callable[[str], None]


def shown(cache: Path) -> set[str]:
    return {name for name in contents(cache) if not name.startswith(".")}


def test_what_is_no_longer_registered_goes_and_nothing_else(
    have: Have, unregister: Unregister, cache_folder: Path
) -> None:
    have("numbers", {"numbers.bin": b"123"})
    old = have("old", {"old.bin": b"old", "deep/er/old.bin": b"older"})
    (cache_folder / "my thesis").mkdir()
    (cache_folder / "my thesis" / "draft.txt").write_bytes(THESIS)
    (cache_folder / ".arriving" / "numbers" / "scratch").mkdir(parents=True)
    unregister("old")

    removed = pruning.prune()

    assert {old / "old.bin", old / "deep" / "er" / "old.bin", old} < set(removed)
    assert shown(cache_folder) == {"numbers/numbers.bin", "my thesis/draft.txt"}
    assert not old.exists()
    assert not (cache_folder / ".arriving" / "numbers").exists()
    assert pruning.prune() == []


def test_files_of_an_earlier_version_go(have: Have, unregister: Unregister, cache_folder: Path) -> None:
    have("numbers", {"numbers-1.bin": b"1", "both.bin": b"both"})
    unregister("numbers")
    have("numbers", {"numbers-2.bin": b"2", "both.bin": b"both"})
    assert pruning.prune() == [cache_folder / "numbers" / "numbers-1.bin"]
    assert shown(cache_folder) == {"numbers/numbers-2.bin", "numbers/both.bin"}
    unregister("numbers")
    pruning.prune()
    assert shown(cache_folder) == set()


def test_what_the_user_put_into_the_folder_of_an_asset_stays(
    have: Have, unregister: Unregister, cache_folder: Path
) -> None:
    folder = have("old", {"old.bin": b"old", "edited.bin": b"brought"})
    (folder / "notes.txt").write_bytes(THESIS)
    (folder / "empty").mkdir()
    (folder / "edited.bin").write_bytes(THESIS)
    unregister("old")
    pruning.prune()
    assert shown(cache_folder) == {"old/notes.txt", "old/edited.bin"}
    assert (folder / "empty").is_dir()


def test_what_the_user_put_beside_a_registered_asset_stays(have: Have) -> None:
    folder = have("numbers", {"numbers.bin": b"123"})
    (folder / "notes.txt").write_bytes(THESIS)
    assert pruning.prune() == []
    assert (folder / "notes.txt").read_bytes() == THESIS


def forged(cache: Path, *paths: str, name: str = "old") -> Path:
    """Write a receipt that claims the thesis under some paths."""
    receipt = cache / ".receipts" / f"{name}.json"
    receipt.parent.mkdir(parents=True, exist_ok=True)
    receipt.write_text(json.dumps({path: [SUM_OF_THESIS, len(THESIS), 0] for path in paths}))
    return receipt


LINKS: dict[str, Callable[[Path, Path], None]] = {
    "an asset's folder": lambda cache, thesis: (cache / "old").symlink_to(thesis.parent),
    "a folder in it": lambda cache, thesis: linked(cache / "old" / "deep", thesis.parent),
    "a file in it": lambda cache, thesis: linked(cache / "old" / "thesis.txt", thesis),
}


def linked(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize("link", LINKS)
def test_no_link_to_a_file_of_the_user_is_followed(
    link: str, register: Register, cache_folder: Path, thesis: Path
) -> None:
    register("numbers", {"numbers.bin": b"123"}, {"kind": "system", "folder": "/nowhere"})
    forged(cache_folder, "thesis.txt", "deep/thesis.txt")
    LINKS[link](cache_folder, thesis)
    pruning.prune()
    assert thesis.read_bytes() == THESIS


@pytest.mark.parametrize("place", [".receipts", ".arriving", ".locks"])
def test_a_folder_of_ours_that_is_a_link_is_left_alone(
    place: str, register: Register, cache_folder: Path, thesis: Path
) -> None:
    register("numbers", {"numbers.bin": b"123"}, {"kind": "system", "folder": "/nowhere"})
    cache_folder.mkdir()
    forged(thesis.parents[1], "thesis.txt")
    elsewhere = thesis.parents[1] / ".receipts" if place == ".receipts" else thesis.parents[1]
    (elsewhere / "numbers" / "scratch").mkdir(parents=True)
    (cache_folder / place).symlink_to(elsewhere)
    before = contents(thesis.parents[1])
    assert pruning.prune() == []
    assert contents(thesis.parents[1]) == before
    assert (elsewhere / "numbers" / "scratch").is_dir()


def test_an_arrival_folder_that_is_a_link_is_left_alone(
    register: Register, cache_folder: Path, thesis: Path
) -> None:
    register("numbers", {"numbers.bin": b"123"}, {"kind": "system", "folder": "/nowhere"})
    linked(cache_folder / ".arriving" / "old", thesis.parent)
    linked(cache_folder / ".arriving" / "numbers" / "files", thesis.parent)
    (cache_folder / ".arriving" / "numbers" / "notes.txt").write_bytes(THESIS)
    assert pruning.prune() == []
    assert thesis.read_bytes() == THESIS
    assert (cache_folder / ".arriving" / "numbers" / "notes.txt").exists()


NAMES = ["../old/thesis.txt", "{thesis}", "a/../../home/old/thesis.txt", "", ".", "\0", "\ud800", "x" * 5000]


@pytest.mark.parametrize("name", NAMES)
def test_a_receipt_that_names_something_else_than_a_file_of_the_asset_removes_nothing(
    name: str, register: Register, cache_folder: Path, thesis: Path
) -> None:
    register("numbers", {"numbers.bin": b"123"}, {"kind": "system", "folder": "/nowhere"})
    (cache_folder / "old").mkdir(parents=True)
    (cache_folder / "old" / "notes.txt").write_bytes(THESIS)
    linked(cache_folder / "home", thesis.parents[1])
    forged(cache_folder, name.format(thesis=thesis))
    pruning.prune()
    assert thesis.read_bytes() == THESIS
    assert (cache_folder / "old" / "notes.txt").read_bytes() == THESIS


RECEIPTS = {
    "a list": "[[1], 2]",
    "nested": "[" * 100_000 + "]" * 100_000,
    "nested in an object": '{"notes.txt":' * 100_000,
    "a list in place of a sum": json.dumps({"notes.txt": [[SUM_OF_THESIS], 1, 2]}),
    "something of the user": json.dumps({"title": "My thesis", "pages": [1, 2]}),
    "no text": "\udcff\udcfe",
    "a giant number": '{"notes.txt": ["", 1, ' + "9" * 5000 + "]}",
}


@pytest.mark.parametrize("kind", RECEIPTS)
def test_what_is_no_receipt_is_left_alone_and_costs_a_second_look(
    kind: str, have: Have, cache_folder: Path
) -> None:
    folder = have("numbers", {"numbers.bin": b"123"})
    (folder / "notes.txt").write_bytes(THESIS)
    for name in ("old", "numbers"):
        written = cache_folder / ".receipts" / f"{name}.json"
        written.write_text(RECEIPTS[kind], errors="surrogateescape")
    assert pruning.prune() == []
    assert written.read_text(errors="surrogateescape") == RECEIPTS[kind]
    assert contents(fetch("numbers")) == {"numbers.bin": b"123", "notes.txt": THESIS}


def test_a_pipe_in_place_of_a_receipt_holds_nobody_up(have: Have, cache_folder: Path) -> None:
    have("numbers", {"numbers.bin": b"123"})
    (cache_folder / ".receipts" / "numbers.json").unlink()
    for name in ("old", "numbers"):
        os.mkfifo(cache_folder / ".receipts" / f"{name}.json")
    assert pruning.prune() == []
    assert contents(fetch("numbers")) == {"numbers.bin": b"123"}


def test_a_cache_folder_that_is_a_file_is_told(cache_folder: Path) -> None:
    cache_folder.write_bytes(THESIS)
    with pytest.raises(CacheError, match=f"{cache_folder} cannot be read: Not a directory"):
        pruning.prune()
    assert cache_folder.read_bytes() == THESIS

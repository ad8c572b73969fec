"""The command line, as a reader types it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from academy.cli import app
from stand_in import Server, sends
from typer.testing import CliRunner

Register = Callable[..., Path]


@pytest.fixture
def academy(server: Server, register: Register, tmp_path: Path) -> Callable[..., object]:
    """Run `academy assets …` with one packaged asset, `numbers`, and one on the web, `letters`."""
    (tmp_path / "numbers.bin").write_bytes(b"123")
    register("numbers", {"numbers.bin": b"123"}, {"kind": "system", "folder": str(tmp_path)})
    register("letters", {"letters.txt": b"abc"}, {"kind": "web", "addresses": [f"{server.url}/"]})
    return lambda *words: CliRunner().invoke(app, ["assets", *words])


def test_fetch_brings_what_is_packaged_and_list_shows_it(
    academy: Callable[..., object], cache_folder: Path, server: Server
) -> None:
    result = academy("fetch")
    assert result.exit_code == 0
    assert result.stdout == f"numbers: {cache_folder / 'numbers'}\n"
    assert server.asked == []
    numbers, letters = academy("list").stdout.splitlines()[1:]
    assert numbers.split() == ["numbers", "0.0", "yes", "title", "of", "numbers"]
    assert letters.split()[:3] == ["letters", "0.0", "–"]


def test_fetch_by_name_goes_to_the_web(academy: Callable[..., object], server: Server) -> None:
    server.answers["/letters.txt"] = sends(b"abc")
    assert academy("fetch", "letters").exit_code == 0


def test_one_failure_does_not_stop_the_others(academy: Callable[..., object], cache_folder: Path) -> None:
    result = academy("fetch", "letters", "numbers")
    assert result.exit_code == 1
    assert "“letters” (title of letters, 0.0 MB) could not be fetched" in result.stderr
    assert (cache_folder / "numbers").exists()


def test_verify_names_a_flipped_byte_and_fetch_heals_it(
    academy: Callable[..., object], cache_folder: Path
) -> None:
    academy("fetch")
    place = cache_folder / "numbers" / "numbers.bin"
    assert academy("verify").stdout == "numbers: good\nnot in the cache: 1 of 2 assets\n"
    place.write_bytes(b"133")

    result = academy("verify")
    assert result.exit_code == 1
    assert result.stderr == f"damaged, missing or unreadable: {place}\n"

    assert academy("fetch").exit_code == 0
    assert academy("verify").exit_code == 0
    assert place.read_bytes() == b"123"


def test_path_prints_the_folder_alone(academy: Callable[..., object], cache_folder: Path) -> None:
    missing = academy("path", "numbers")
    assert missing.exit_code == 3
    assert "`academy assets fetch numbers` brings it" in missing.stderr
    academy("fetch")
    assert academy("path", "numbers").stdout == f"{cache_folder / 'numbers'}\n"


def test_an_unknown_name_ends_the_command_with_the_known_ones(academy: Callable[..., object]) -> None:
    for command in ("fetch", "verify", "path"):
        result = academy(command, "digits")
        assert result.exit_code == 1
        assert "there is no asset “digits”; there are letters, numbers" in result.stderr


def test_verify_says_of_an_absent_asset_that_it_is_absent(academy: Callable[..., object]) -> None:
    absent = academy("verify", "numbers")
    assert (absent.exit_code, absent.stdout) == (3, "")
    assert absent.stderr == "“numbers” is not in the cache; `academy assets fetch numbers` brings it\n"
    academy("fetch")
    assert academy("verify", "numbers").exit_code == 0
    both = academy("verify", "numbers", "letters")
    assert (both.exit_code, both.stdout) == (3, "numbers: good\n")


def test_damage_counts_more_than_absence(academy: Callable[..., object], cache_folder: Path) -> None:
    academy("fetch")
    (cache_folder / "numbers" / "numbers.bin").write_bytes(b"133")
    assert academy("verify", "numbers", "letters").exit_code == 1


@pytest.mark.parametrize("name", ["x" * 5000, "../numbers", "a/b", "\x1b[31mred", "half \ud83d", "\udcff"])
def test_any_name_is_answered_with_a_line(academy: Callable[..., object], name: str) -> None:
    for command in ("fetch", "verify", "path"):
        result = academy(command, name)
        assert (result.exit_code, type(result.exception)) == (1, SystemExit)
        assert result.stderr.startswith("there is no asset “")
        assert len(result.stderr) < 200
        assert "\x1b" not in result.stderr


def test_prune_names_what_it_removed(
    academy: Callable[..., object], cache_folder: Path, register: Register, tmp_path: Path
) -> None:
    academy("fetch")
    (tmp_path / "registry.toml").write_text("")
    register("letters", {"letters.txt": b"abc"}, {"kind": "system", "folder": "/nowhere"})
    gone = ["numbers/numbers.bin", "numbers", ".receipts/numbers.json"]
    assert academy("prune").stdout.splitlines() == [f"removed {cache_folder / place}" for place in gone]
    assert academy("prune").stdout == ""


def test_a_cache_folder_that_is_a_file_is_told(academy: Callable[..., object], cache_folder: Path) -> None:
    cache_folder.write_bytes(b"years of work")
    for command in (["list"], ["verify"], ["path", "numbers"], ["prune"], ["fetch"]):
        result = academy(*command)
        assert (result.exit_code, type(result.exception)) == (1, SystemExit)
        assert str(cache_folder) in result.stderr
    assert cache_folder.read_bytes() == b"years of work"

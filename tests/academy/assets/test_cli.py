"""The command line, as a reader types it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from academy.assets import registry
from academy.cli import app
from stand_in import Server, contents, sends
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
    assert academy("verify").stdout == "numbers: good\n"
    place.write_bytes(b"133")

    result = academy("verify")
    assert result.exit_code == 1
    assert result.stderr == f"damaged or missing: {place}\n"

    assert academy("fetch").exit_code == 0
    assert academy("verify").exit_code == 0
    assert place.read_bytes() == b"123"


def test_path_prints_the_folder_alone(academy: Callable[..., object], cache_folder: Path) -> None:
    missing = academy("path", "numbers")
    assert missing.exit_code == 1
    assert "`academy assets fetch numbers` brings it" in missing.stderr
    academy("fetch")
    assert academy("path", "numbers").stdout == f"{cache_folder / 'numbers'}\n"


def test_an_unknown_name_ends_the_command_with_the_known_ones(academy: Callable[..., object]) -> None:
    for command in ("fetch", "verify", "path"):
        result = academy(command, "digits")
        assert result.exit_code == 1
        assert "there is no asset “digits”; there are letters, numbers" in result.stderr


def test_prune_removes_what_is_no_longer_registered_and_nothing_else(
    academy: Callable[..., object], cache_folder: Path, register: Register, tmp_path: Path
) -> None:
    register("old", {"old.bin": b"123"}, {"kind": "system", "folder": str(tmp_path)})
    (tmp_path / "old.bin").write_bytes(b"123")
    assert academy("fetch").exit_code == 0
    (cache_folder / "my thesis").mkdir()
    (cache_folder / "my thesis" / "draft.txt").write_text("years of work")
    (cache_folder / "numbers" / "numbers-1.bin").write_bytes(b"of an earlier version")
    (cache_folder / ".arriving" / "numbers").mkdir(parents=True)

    path = tmp_path / "registry.toml"
    path.write_text(path.read_text().split("[old]")[0])
    registry.assets.cache_clear()

    removed = academy("prune").stdout
    assert "old" in removed
    shown = {name for name in contents(cache_folder) if not name.startswith(".")}
    assert shown == {"numbers/numbers.bin", "my thesis/draft.txt"}
    assert not (cache_folder / ".arriving" / "numbers").exists()
    assert academy("prune").stdout == ""

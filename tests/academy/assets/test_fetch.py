"""What a reader meets when data comes over a good line, a bad one, or none."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from academy.assets import receipts
from academy.assets.cache import fetch, fetch_best
from academy.assets.errors import AssetUnavailable, CacheError, UnknownAsset
from academy.assets.registry import find
from stand_in import Answer, Server, breaks_off, contents, drips, hangs, sends, status

Register = Callable[..., Path]

BODY = bytes(range(256)) * 64
FILES = {"numbers.bin": BODY}
FLIPPED = BODY[:1000] + bytes([BODY[1000] ^ 1]) + BODY[1001:]


def web(server: Server, *folders: str) -> dict[str, object]:
    return {"kind": "web", "addresses": [f"{server.url}/{folder}/" for folder in folders]}


def visible(folder: Path) -> list[str]:
    """Names under which a reader could take something for an asset."""
    return [name for name in contents(folder) if not name.startswith(".")] if folder.exists() else []


def left_behind(folder: Path) -> list[str]:
    return [name for name in contents(folder) if name.startswith(".arriving")]


def test_a_good_fetch_delivers_once_and_then_asks_nobody(server: Server, register: Register) -> None:
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    assert contents(fetch("numbers")) == FILES
    assert contents(fetch("numbers")) == FILES
    assert server.asked == ["/data/numbers.bin"]


FAILURES: dict[str, tuple[Callable[[Server], Answer], str]] = {
    "truncated body": (lambda server: breaks_off(BODY), r"IncompleteRead|bytes read"),
    "flipped byte": (lambda server: sends(FLIPPED), r"with SHA-256 \w{64} instead of \w{64}"),
    "404": (lambda server: status(404), r"404"),
    "500": (lambda server: status(500), r"500"),
    "hang": (lambda server: hangs(server), r"not done within 4 s"),
    "drip": (lambda server: drips(server, BODY), r"not done within 4 s"),
    "too short": (lambda server: sends(BODY[:-1]), r"with 16,383 bytes instead of 16,384"),
    "too long": (lambda server: sends(BODY + b"!"), r"longer than the 16,384 bytes registered"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_bad_line_leaves_nothing_and_the_next_try_works(
    failure: str, server: Server, register: Register, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, reason = FAILURES[failure]
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = answer(server)
    if "not done" in reason:
        monkeypatch.setenv("ACADEMY_TIME_LIMIT", "4")

    with pytest.raises(AssetUnavailable, match=reason) as caught:
        fetch("numbers")

    message = str(caught.value)
    assert message.startswith("“numbers” (title of numbers, 0.0 MB) could not be fetched:\n  - web 127.0.0.1")
    assert "run `academy assets fetch numbers` again" in message
    assert visible(cache_folder) == left_behind(cache_folder) == []

    monkeypatch.delenv("ACADEMY_TIME_LIMIT", raising=False)
    server.answers["/data/numbers.bin"] = sends(BODY)
    assert contents(fetch("numbers")) == FILES


def test_a_good_source_follows_a_dead_one(server: Server, register: Register) -> None:
    register("numbers", FILES, {"kind": "system", "folder": "/nowhere"}, web(server, "dead", "good"))
    server.answers["/good/numbers.bin"] = sends(BODY)
    assert contents(fetch("numbers")) == FILES


def test_every_failed_source_is_named_with_its_reason(server: Server, register: Register) -> None:
    register("numbers", FILES, {"kind": "system", "folder": "/nowhere"}, web(server, "dead"))
    with pytest.raises(AssetUnavailable) as caught:
        fetch("numbers")
    first, second = str(caught.value).splitlines()[1:3]
    assert first == "  - folder /nowhere: /nowhere/numbers.bin does not exist"
    assert second.startswith("  - web 127.0.0.1")
    assert "404" in second


def test_a_proxy_is_named_without_its_password(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    register("numbers", FILES, {"kind": "system", "folder": "/nowhere"})
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://me:secret@proxy.example:3128")
    with pytest.raises(AssetUnavailable) as caught:
        fetch("numbers")
    assert "Check the connection, which goes through the proxy proxy.example:3128, and run" in str(
        caught.value
    )
    assert "secret" not in str(caught.value)


def test_a_wrong_sum_in_the_registry_is_told_with_both_sums(server: Server, register: Register) -> None:
    register("numbers", {"numbers.bin": FLIPPED}, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    with pytest.raises(AssetUnavailable, match=f"{sha256(BODY).hexdigest()} instead of"):
        fetch("numbers")


def test_several_files_arrive_together_or_not_at_all(
    server: Server, register: Register, cache_folder: Path
) -> None:
    register("pair", {"a/first.txt": b"first", "a/second.txt": b"second"}, web(server, "data"))
    server.answers["/data/a/first.txt"] = sends(b"first")
    with pytest.raises(AssetUnavailable):
        fetch("pair")
    assert visible(cache_folder) == []
    server.answers["/data/a/second.txt"] = sends(b"second")
    assert contents(fetch("pair")) == {"a/first.txt": b"first", "a/second.txt": b"second"}


def test_an_unknown_name_is_answered_with_the_known_ones(register: Register) -> None:
    register("numbers", FILES, {"kind": "system", "folder": "/nowhere"})
    with pytest.raises(UnknownAsset, match="there is no asset “letters”; there are numbers"):
        fetch("letters")


# Offline


def test_offline_and_empty_says_so_and_asks_nobody(
    server: Server, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    monkeypatch.setenv("ACADEMY_OFFLINE", "1")
    with pytest.raises(AssetUnavailable, match="not asked, because ACADEMY_OFFLINE is set") as caught:
        fetch("numbers")
    assert "Unset ACADEMY_OFFLINE" in str(caught.value)
    assert server.asked == []


def test_offline_and_full_works_even_without_a_server(
    server: Server, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    fetch("numbers")
    server.close()
    monkeypatch.setenv("ACADEMY_OFFLINE", "1")
    assert contents(fetch("numbers")) == FILES


def test_offline_still_takes_what_the_system_has(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numbers.bin").write_bytes(BODY)
    register("numbers", FILES, {"kind": "system", "folder": str(tmp_path)})
    monkeypatch.setenv("ACADEMY_OFFLINE", "1")
    assert contents(fetch("numbers")) == FILES


def test_files_put_in_place_by_hand_are_taken_after_a_check(register: Register, cache_folder: Path) -> None:
    register("numbers", FILES, {"kind": "system", "folder": "/nowhere"})
    (cache_folder / "numbers").mkdir(parents=True)
    (cache_folder / "numbers" / "numbers.bin").write_bytes(FLIPPED)
    with pytest.raises(AssetUnavailable):
        fetch("numbers")
    (cache_folder / "numbers" / "numbers.bin").write_bytes(BODY)
    assert contents(fetch("numbers")) == FILES


# Damage


def test_a_changed_file_is_noticed_and_replaced(server: Server, register: Register) -> None:
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    place = fetch("numbers") / "numbers.bin"
    place.write_bytes(FLIPPED)
    assert contents(fetch("numbers")) == FILES
    assert len(server.asked) == 2


def test_a_hit_reads_no_file_and_a_verification_reads_all(
    server: Server, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    place = fetch("numbers") / "numbers.bin"
    time = place.stat().st_mtime_ns
    place.write_bytes(FLIPPED)
    os.utime(place, ns=(time, time))  # same size, same time: only the content tells

    fetch("numbers")
    assert place.read_bytes() == FLIPPED
    assert receipts.damaged(find("numbers")) == [place]
    fetch("numbers")
    assert place.read_bytes() == BODY


def test_an_unreadable_receipt_costs_a_second_look_not_a_second_download(
    server: Server, register: Register, cache_folder: Path
) -> None:
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    fetch("numbers")
    (cache_folder / ".receipts" / "numbers.json").write_text("{")
    assert contents(fetch("numbers")) == FILES
    assert len(server.asked) == 1


# Several processes, and processes that die

FETCH = """
import sys
from pathlib import Path
from academy.assets.cache import fetch, fetch_best
from academy.assets.errors import AssetUnavailable, CacheError, UnknownAsset
from academy.assets.registry import find
from academy.assets import registry
registry.REGISTRY = Path(sys.argv[1])
print("begins", flush=True)
print(fetch("numbers"), flush=True)
"""


def fetching(registry: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", FETCH, str(registry)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_at_once_fetch_once(server: Server, register: Register) -> None:
    registry = register("numbers", FILES, web(server, "data"))
    both_began = threading.Event()

    def held(request: object) -> None:
        both_began.wait()
        sends(BODY)(request)  # type: ignore[arg-type]

    server.answers["/data/numbers.bin"] = held
    processes = [fetching(registry), fetching(registry)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
    both_began.set()
    for process in processes:
        folder, errors = process.communicate()
        assert process.returncode == 0, errors
        assert contents(Path(folder.strip())) == FILES
    assert server.asked == ["/data/numbers.bin"]


def test_a_killed_process_leaves_nothing_half_written(
    server: Server, register: Register, cache_folder: Path
) -> None:
    registry = register("numbers", FILES, web(server, "data"))
    begun = threading.Event()
    server.answers["/data/numbers.bin"] = drips(server, BODY, begun)
    process = fetching(registry)
    assert begun.wait(timeout=60)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert visible(cache_folder) == []

    server.answers["/data/numbers.bin"] = sends(BODY)
    assert contents(fetch("numbers")) == FILES
    assert left_behind(cache_folder) == []


# The disk


@pytest.fixture
def open_folder() -> Path:
    """A folder that every user of the machine can reach, unlike pytest's."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_somebody_else(work: Callable[[], object]) -> object:
    """Do something without root's right to write everywhere."""
    if os.geteuid() != 0:
        return work()
    os.seteuid(65534)
    try:
        return work()
    finally:
        os.seteuid(0)


def test_a_read_only_cache_is_named_and_can_still_be_read(
    server: Server, register: Register, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACADEMY_CACHE", str(open_folder))
    register("numbers", FILES, web(server, "data"))
    server.answers["/data/numbers.bin"] = sends(BODY)
    find("numbers")  # reads the registry, which somebody else cannot

    open_folder.chmod(0o555)
    sentence = (
        f"“numbers” .* cannot be written to the cache folder {open_folder}: Permission denied.*ACADEMY_CACHE"
    )
    with pytest.raises(CacheError, match=sentence):
        as_somebody_else(lambda: fetch("numbers"))

    open_folder.chmod(0o755)
    fetch("numbers")
    open_folder.chmod(0o555)
    assert contents(as_somebody_else(lambda: fetch("numbers"))) == FILES
    (open_folder / "numbers" / "numbers.bin").touch()  # a copied cache loses its times
    assert contents(as_somebody_else(lambda: fetch("numbers"))) == FILES
    open_folder.chmod(0o755)


def test_too_little_room_is_told_before_anything_is_asked(
    server: Server, register: Register, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("numbers", FILES, web(server, "data"))
    usage = shutil.disk_usage(Path.home())._replace(free=20_000)
    with monkeypatch.context() as small_disk:
        small_disk.setattr(shutil, "disk_usage", lambda folder: usage)
        with pytest.raises(CacheError, match=r"0\.0 MB are free and 0\.0 MB needed\. Make room"):
            fetch("numbers")
    assert server.asked == visible(cache_folder) == []
    server.answers["/data/numbers.bin"] = sends(BODY)
    assert contents(fetch("numbers")) == FILES


def test_a_disk_that_takes_no_more_leaves_nothing(
    register: Register, cache_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "numbers.bin").write_bytes(BODY)
    register("numbers", FILES, {"kind": "system", "folder": str(tmp_path)})
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(CacheError, match=r"cannot be written to the cache folder .*: File too large"):
            fetch("numbers")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    assert visible(cache_folder) == left_behind(cache_folder) == []
    assert contents(fetch("numbers")) == FILES


# The better of two


def test_the_better_asset_is_taken_where_it_can_be_had(server: Server, register: Register) -> None:
    register("all", FILES, web(server, "all"))
    register("some", {"some.bin": b"some"}, web(server, "some"))
    server.answers |= {"/all/numbers.bin": sends(BODY), "/some/some.bin": sends(b"some")}
    assert fetch_best("all", "some") == "all"
    assert server.asked == ["/all/numbers.bin"]


def test_the_better_asset_is_not_asked_for_twice_within_an_hour(
    server: Server, register: Register, cache_folder: Path
) -> None:
    register("all", FILES, web(server, "all"))
    register("some", {"some.bin": b"some"}, web(server, "some"))
    server.answers["/some/some.bin"] = sends(b"some")
    assert fetch_best("all", "some") == "some"
    server.answers["/all/numbers.bin"] = sends(BODY)
    assert fetch_best("all", "some") == "some"
    os.utime(cache_folder / ".receipts" / "all.failed", (0, 0))
    assert fetch_best("all", "some") == "all"


def test_the_package_is_quick_to_import_and_needs_no_torch() -> None:
    program = (
        "import sys, academy.assets; print(sorted({'torch', 'pooch', 'rich', 'requests'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

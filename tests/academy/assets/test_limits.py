"""A source that takes more time or sends more bytes than an asset can need is ended."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from academy.assets import archives, settings
from academy.assets.cache import fetch
from academy.assets.errors import AssetError, AssetUnavailable, SourceFailed
from academy.assets.sources import process
from academy.assets.sources.base import File, Limits
from stand_in import Server, contents, sends

Register = Callable[..., Path]

TEXT = {"story.txt": b"Once upon a time"}
STORIES = {"package": "stories", "version": "1.0"}
BLOCK = bytes(1 << 20)


class Endless:
    """Sends until nobody takes any more, and counts what was taken."""

    def __init__(self, kind: str = "application/octet-stream") -> None:
        self.kind, self.sent = kind, 0

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", self.kind)
        request.send_header("Connection", "close")
        request.end_headers()
        request.close_connection = True
        while self.sent < 4 << 30:
            request.wfile.write(BLOCK)
            self.sent += len(BLOCK)


@pytest.fixture
def small_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a package take few bytes, so that a test need not send many."""
    monkeypatch.setattr(settings, "ROOM_FOR_PACKAGE", 1 << 20)


def tell_of(name: str) -> str:
    with pytest.raises(AssetUnavailable) as caught:
        fetch(name)
    return str(caught.value)


def test_a_loose_file_ends_at_its_size(server: Server, register: Register, cache_folder: Path) -> None:
    register("stories", TEXT, {"kind": "web", "addresses": [f"{server.url}/"]})
    endless = server.answers["/story.txt"] = Endless()
    assert " bytes, since no more than 65,552 should come" in tell_of("stories")
    assert endless.sent < 1 << 30
    assert contents(cache_folder) == {".locks/stories.lock": b""}


def test_a_compressed_answer_ends_at_its_size_too(server: Server, register: Register) -> None:
    bomb = gzip.compress(bytes(64 << 20))
    server.answers["/story.txt"] = sends(bomb, Content_Encoding="gzip")
    register("stories", TEXT, {"kind": "web", "addresses": [f"{server.url}/"]})
    assert "no more than 65,552 should come" in tell_of("stories")


def test_a_web_archive_ends_at_what_a_package_may_take(
    server: Server, register: Register, small_packages: None
) -> None:
    register("stories", TEXT, {"kind": "web", "addresses": [f"{server.url}/stories.tar.gz"]})
    server.answers["/stories.tar.gz"] = Endless()
    assert "no more than 1,048,640 should come" in tell_of("stories")


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_python_package_ends_too(
    kind: str, server: Server, register: Register, small_packages: None, plain_pip: None
) -> None:
    name = {"wheel": "stories-1.0-py3-none-any.whl", "sdist": "stories-1.0.tar.gz"}[kind]
    server.answers["/simple/stories/"] = sends(f'<a href="/{name}">{name}</a>'.encode(), "text/html")
    server.answers[f"/{name}"] = Endless()
    register("stories", TEXT, {"kind": kind, **STORIES, "folder": "stories"})
    assert "no more than 1,048,640 should come" in tell_of("stories")


def test_an_npm_package_ends_too(
    server: Server, register: Register, small_packages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = {"name": "stories", "version": "1.0.0", "dist": {"tarball": f"{server.url}/stories.tgz"}}
    index = f'{{"name": "stories", "versions": {{"1.0.0": {version}}}}}'.replace("'", '"')
    server.answers |= {"/stories": sends(index.encode(), "application/json"), "/stories.tgz": Endless()}
    monkeypatch.setenv("npm_config_registry", server.url)
    npm = {"kind": "npm", "package": "stories", "version": "1.0.0", "folder": "package"}
    register("stories", TEXT, npm)
    assert "no more than 1,048,640 should come" in tell_of("stories")


def test_the_hub_ends_too(
    server: Server, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    headers = {"ETag": '"0123456789"', "X_Repo_Commit": commit}
    announced, endless = sends(b"Once", **headers), Endless()

    def answer(request: BaseHTTPRequestHandler) -> None:
        (announced if request.command == "HEAD" else endless)(request)

    server.answers[f"/someone/stories/resolve/{commit}/story.txt"] = answer
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    register("stories", TEXT, {"kind": "hub", "repository": "someone/stories", "revision": commit})
    assert "no more than 65,552 should come" in tell_of("stories")


def test_of_a_client_that_says_much_the_end_is_kept_and_nothing_written(tmp_path: Path) -> None:
    client = "head -c 20000000 /dev/zero >&2; echo >&2; echo 'error: it broke' >&2; exit 1"
    with pytest.raises(SourceFailed, match=r"^it broke$"):
        process.run(["sh", "-c", client], tmp_path, Limits(60, 1000))
    assert list(tmp_path.iterdir()) == []


# Archives that are small and hold much


def bomb_of_members() -> bytes:
    """Pack many empty files: each takes memory when the archive's list is read."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for number in range(4000):
            archive.addfile(tarfile.TarInfo(f"{number}"))
    return packed.getvalue()


def bomb_before_the_file() -> bytes:
    """Pack a long file before the wanted one."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in {"long": bytes(8 << 20), **TEXT}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def bomb_of_a_name() -> bytes:
    """Pack a file whose name is long: it is read whole before anything else."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("x" * (8 << 20)))
    return packed.getvalue()


@pytest.mark.parametrize("bomb", [bomb_of_members, bomb_before_the_file, bomb_of_a_name])
def test_a_small_tar_does_not_become_a_large_one(bomb: Callable[[], bytes], tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="when unpacked, beyond the 1,000,000 allowed"):
        take_story_out_of(bomb(), tmp_path)


def take_story_out_of(packed: bytes, folder: Path) -> None:
    (folder / "arrived").write_bytes(packed)
    story = File("story.txt", len(TEXT["story.txt"]), "")
    archives.extract(folder / "arrived", [story], folder / "files", most=1_000_000)


def encrypted() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("story.txt", TEXT["story.txt"])
    content = bytearray(packed.getvalue())
    content[6] |= 1  # in the header before the file
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the list
    return bytes(content)


LOOSE = {
    "no gzip": b"<html>Log in to the hotel's network</html>",
    "half a gzip": gzip.compress(bytes(range(256)) * 8)[:200],
    "a wrong gzip": b"\x1f\x8b\x08" + bytes(7) + b"\xff" * 50,
}


@pytest.mark.parametrize("kind", LOOSE)
def test_a_damaged_loose_file_is_told_as_such(kind: str, register: Register, tmp_path: Path) -> None:
    register("stories", TEXT, {"kind": "system", "folder": str(tmp_path), "suffix": ".gz"})
    (tmp_path / "story.txt.gz").write_bytes(LOOSE[kind])
    assert "story.txt.gz is damaged: " in tell_of("stories")


def test_an_encrypted_archive_is_told_as_damaged(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match=r"is damaged: File 'story\.txt' is encrypted"):
        take_story_out_of(encrypted(), tmp_path)


def test_what_a_source_says_commands_no_terminal(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed) as caught:
        process.run(
            ["sh", "-c", "printf 'error: \\033[31m red \\377\\n' >&2; exit 1"], tmp_path, Limits(60, 1000)
        )
    assert str(caught.value).isprintable()


# Time


@pytest.mark.parametrize(
    "value", ["nan", "inf", "-inf", "-1", "0", "", " ", "an hour", "1e999", "\x1b[31m", "9" * 5000]
)
def test_a_time_limit_that_is_none_is_told(
    value: str, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("stories", TEXT, {"kind": "system", "folder": "/nowhere"})
    monkeypatch.setenv("ACADEMY_TIME_LIMIT", value)
    with pytest.raises(
        AssetError, match=r"^ACADEMY_TIME_LIMIT is “.*”, but must be a number of seconds"
    ) as caught:
        fetch("stories")
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()

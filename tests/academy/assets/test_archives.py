"""Archives that want out of their folder, and archives that are broken."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from academy.assets.cache import fetch
from academy.assets.errors import AssetUnavailable
from stand_in import Server, contents, sends

Register = Callable[..., Path]

GOOD = {"good.txt": b"good"}


def tar(*members: tarfile.TarInfo) -> bytes:
    """Pack members; a regular file holds the word good."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"good") if member.isreg() else None)
    return packed.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    info.size = 4 if kind == tarfile.REGTYPE else 0
    return info


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def offer(server: Server, register: Register) -> Callable[..., None]:
    """Put an archive on the server, from which the asset takes what lies in the folder `data`."""

    def put(archive: bytes, files: dict[str, bytes] = GOOD, **more: str) -> None:
        address = f"{server.url}/archive"
        register("packed", files, {"kind": "web", "addresses": [address], "folder": "data", **more})
        server.answers["/archive"] = sends(archive)

    return put


def test_members_that_lead_outside_are_not_written(
    offer: Callable[..., None], tmp_path: Path, cache_folder: Path
) -> None:
    outside = tmp_path / "outside"
    offer(
        tar(
            member("../../../../../../../../" + str(outside)),
            member(str(outside)),
            member("data/../../outside"),
            member("data/link", tarfile.SYMTYPE, str(tmp_path)),
            member("data/link/outside"),
            member("data/good.txt"),
        )
    )
    assert contents(fetch("packed")) == GOOD
    assert not outside.exists()
    assert [name for name in contents(cache_folder) if not name.startswith(".")] == ["packed/good.txt"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_a_link_in_place_of_a_file_is_refused(
    offer: Callable[..., None], kind: bytes, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"good")  # even with the right content
    offer(tar(member("data/good.txt", kind, str(secret))))
    with pytest.raises(AssetUnavailable, match=r"holds no regular file data/good\.txt"):
        fetch("packed")


def test_a_zip_works_too(offer: Callable[..., None]) -> None:
    offer(zipped(**{"data/good.txt": b"good", "../outside": b"evil"}))
    assert contents(fetch("packed")) == GOOD


def test_a_damaged_archive_is_told_as_such(offer: Callable[..., None]) -> None:
    whole = tar(member("data/good.txt"))
    offer(whole[: len(whole) // 2])
    with pytest.raises(AssetUnavailable, match="is damaged"):
        fetch("packed")


def test_something_else_than_an_archive_is_refused(offer: Callable[..., None]) -> None:
    offer(b"<html>Log in to the hotel's network</html>")
    with pytest.raises(AssetUnavailable, match="is damaged"):
        fetch("packed")


def test_a_small_archive_cannot_fill_the_disk(offer: Callable[..., None]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/good.txt.gz", gzip.compress(bytes(50_000_000)))
    offer(packed.getvalue(), suffix=".gz")
    with pytest.raises(AssetUnavailable, match="longer than the 4 bytes registered"):
        fetch("packed")


def test_compressed_members_are_unpacked(offer: Callable[..., None]) -> None:
    offer(zipped(**{"data/good.txt.gz": gzip.compress(b"good")}), suffix=".gz")
    assert contents(fetch("packed")) == GOOD

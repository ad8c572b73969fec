"""A stand-in server on loopback, a registry that points to it, a cache of its own, and no other network."""

import os
import runpy
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from academy.assets import registry
from stand_in import Server, registry_text

LOOPBACK = Path(__file__).parents[2] / "loopback"
NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", socket.socket.connect)  # restored after the test
    runpy.run_path(str(LOOPBACK / "sitecustomize.py"))
    monkeypatch.setenv("PYTHONPATH", str(LOOPBACK))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, NOBODY_LISTENS)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1,localhost")


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("ACADEMY_CACHE", str(folder))
    monkeypatch.delenv("ACADEMY_OFFLINE", raising=False)
    monkeypatch.delenv("ACADEMY_TIME_LIMIT", raising=False)
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    stand_in = Server()
    yield stand_in
    stand_in.close()


Register = Callable[..., Path]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Write the registry anew, with one asset for each call."""
    path = tmp_path / "registry.toml"
    path.touch()

    def add(name: str, files: dict[str, bytes], *sources: dict[str, object]) -> Path:
        path.write_text(path.read_text() + registry_text(name, files, *sources))
        registry.assets.cache_clear()
        return path

    monkeypatch.setattr(registry, "REGISTRY", path)
    yield add
    registry.assets.cache_clear()


@pytest.fixture
def plain_pip(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip ask the stand-in server and nothing that this machine is set up with."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple")

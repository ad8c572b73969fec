"""What all tests of lessons share: homework, graded once; a stand-in for the places assets come from."""

from functools import cache

import homework_notebooks
import pytest
from academy.assets import registry
from stand_in import Server, registry_text, sends


@pytest.fixture(scope="session")
def solved(tmp_path_factory):
    """Grades a homework's notebook as the book solves it, once for all tests.

    They look at what it leaves and change nothing.
    """
    return cache(lambda name: graded(name, homework_notebooks.solved(name), tmp_path_factory))


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """Grades a homework's notebook as a student gets it, once for all tests."""
    return cache(lambda name: graded(name, homework_notebooks.blank(name), tmp_path_factory))


def graded(name, notebook, tmp_path_factory):
    return homework_notebooks.graded(name, notebook, tmp_path_factory.mktemp(name))


@pytest.fixture
def server():
    """A stand-in server on loopback."""
    stand_in = Server()
    yield stand_in
    stand_in.close()


@pytest.fixture
def served(server, tmp_path, monkeypatch):
    """Has a stand-in server deliver an asset: a function of its name and its files."""
    path = tmp_path / "registry.toml"

    def serve(name, files):
        for file, content in files.items():
            server.answers[f"/{file}"] = sends(content)
        path.write_text(registry_text(name, files, {"kind": "web", "addresses": [f"{server.url}/"]}))
        registry.assets.cache_clear()

    monkeypatch.setattr(registry, "REGISTRY", path)
    monkeypatch.setenv("ACADEMY_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ACADEMY_OFFLINE", raising=False)
    yield serve
    registry.assets.cache_clear()

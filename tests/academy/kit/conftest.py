"""A tiny built book, a registry of two assets that are in a cache of its own, and kits made of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from academy.assets import cache, registry
from academy.kit import making, wheels
from academy.kit.making import Kit
from stand_in import registry_text

LESSON = "lessons/1-topic/lesson1"
HOMEWORK = "lessons/1-topic/homework1"
WHEEL = "pa_academy-0.1.0-py3-none-any.whl"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A checkout with a built site: a lesson with printed slides, and its homework."""
    folder = tmp_path / "book"
    site = folder / "_build" / "html"
    written = {
        "LICENSE": "MIT",
        "README.md": "# A tiny book",
        "code/academy/__init__.py": "",
        "pyproject.toml": "",
        "requirements.txt": "",
        "_build/html/index.html": "<h1>A tiny book</h1>",
        "_build/html/book/data-and-models.html": "<h1>Data and models</h1>",
        "_build/html/_static/app.mjs": "export default 1;",
        "_build/html/slides/index.html": "<h1>Slides</h1>",
        "_build/html/slides/lesson1.html": "<h1>Slides of Lesson 1</h1>",
        "_build/html/slides/lesson1.pdf": "%PDF-1.7",
    }
    listed = {}
    for place, title in ((HOMEWORK, "Homework 1: <two> & three"), (LESSON, "From one to two")):
        notebook = f"notebooks/{Path(place).name}.ipynb"
        written |= {f"_build/html/{place}.html": f"<h1>{title}</h1>", f"_build/html/{notebook}": "{}"}
        listed[place] = {"title": title, "address": f"{place}.html", "notebook": notebook}
    written["_build/chapters.json"] = json.dumps(listed)
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert site.is_dir()
    return folder


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with `numbers` and `letters`, which packages bring, and without `photos`, which none brings."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("ACADEMY_CACHE", str(folder))
    monkeypatch.setenv("ACADEMY_OFFLINE", "1")
    origin = tmp_path / "origin"
    (origin / "deep").mkdir(parents=True)
    (origin / "numbers.bin").write_bytes(b"123")
    (origin / "deep" / "letters.txt").write_bytes(b"abc")
    here = {"kind": "system", "folder": str(origin)}
    web = {"kind": "web", "addresses": ["http://127.0.0.1:9/"]}
    path = tmp_path / "registry.toml"
    path.write_text(
        registry_text("numbers", {"numbers.bin": b"123"}, here)
        + registry_text("letters", {"deep/letters.txt": b"abc"}, here)
        + registry_text("photos", {"photos.zip": b"large"}, web)
    )
    monkeypatch.setattr(registry, "REGISTRY", path)
    registry.assets.cache_clear()
    cache.fetch("numbers")
    cache.fetch("letters")
    yield folder
    registry.assets.cache_clear()


@pytest.fixture(autouse=True)
def _quick_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a file in the wheel's place, which takes seconds to build."""

    def build(book: Path, folder: Path) -> Path:
        (folder / WHEEL).write_bytes(b"a wheel")
        return folder / WHEEL

    monkeypatch.setattr(wheels, "build", build)


@pytest.fixture
def make(book: Path) -> Callable[[Path], Kit]:
    """Make a kit of the tiny book."""
    return lambda folder: making.make(book, book / "_build" / "html", folder)

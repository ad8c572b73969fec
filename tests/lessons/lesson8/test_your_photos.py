"""Photos of the reader's: from a folder, from a choice in Colab, or drawings in their place."""

import io
import sys
from types import SimpleNamespace

import pytest
from academy.data.picture_files import NoPictures
from academy.lessons.lesson8.your_photos import your_photos
from PIL import Image


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def chosen(monkeypatch):
    """What a reader in Colab chooses; the photo is a plain red one."""
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(target, "PNG")
    choice = {"red.png": target.getvalue()}
    colab = SimpleNamespace(files=SimpleNamespace(upload=lambda: choice))
    monkeypatch.setitem(sys.modules, "google", SimpleNamespace(colab=colab))
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    return choice


def test_drawings_stand_in_where_nothing_is(here):
    found = your_photos()
    assert found.source == "No folder “my-photos” is here, so 6 drawings stand in for photos."
    assert len(found.pictures) == len(found.names) == 6
    assert {picture.size for picture in found.pictures} == {(224, 224)}
    assert not (here / "my-photos").exists()


def test_a_folder_is_read_and_colab_not_asked(here, chosen):
    (here / "my-photos").mkdir()
    Image.new("RGB", (40, 30), "blue").save(here / "my-photos" / "blue.png")
    assert your_photos().names == ["blue.png"]


def test_what_is_chosen_in_colab_is_put_into_the_folder_and_read(here, chosen):
    found = your_photos("mine")
    assert found.names == ["red.png"]
    assert found.pictures[0].getpixel((0, 0)) == (255, 0, 0)
    assert (here / "mine" / "red.png").read_bytes() == chosen["red.png"]


def test_a_file_never_leaves_the_folder(here, chosen):
    chosen["../out.png"] = chosen["red.png"]
    assert your_photos().names == ["out.png", "red.png"]
    assert not (here / "out.png").exists()


def test_who_chooses_nothing_gets_drawings(here, chosen):
    chosen.clear()
    assert len(your_photos().pictures) == 6


def test_a_folder_without_pictures_is_told(here):
    (here / "my-photos").mkdir()
    with pytest.raises(NoPictures, match="holds no picture"):
        your_photos()

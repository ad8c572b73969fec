"""Pictures of one's own: read in the order of their paths, made smaller, and told what was left out."""

import pytest
from academy.data.own_pictures import made_of_each, own_pictures
from academy.data.picture_files import NoPictures
from PIL import Image


@pytest.fixture
def folder(tmp_path):
    """A large picture, a small one in a folder below, and one that is cut off."""
    (tmp_path / "later").mkdir()
    Image.new("RGB", (2000, 1000), "red").save(tmp_path / "a.png")
    Image.new("RGB", (30, 20), "blue").save(tmp_path / "later" / "b.png")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return tmp_path


def test_pictures_are_made_smaller_never_larger(folder):
    found = own_pictures(folder)
    assert found.names == ["a.png", "b.png"]
    assert [picture.size for picture in found.pictures] == [(640, 320), (30, 20)]
    assert found.pictures[0].getpixel((0, 0)) == (255, 0, 0)


def test_what_is_left_out_is_told(folder):
    source = own_pictures(folder).source
    assert source.startswith("2 of 3 pictures in the folder")
    assert "“broken.jpg” is damaged" in source


def test_of_many_broken_ones_three_are_told(folder):
    for number in range(4):
        (folder / f"broken{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    source = own_pictures(folder).source
    assert source.count("is damaged") == 3
    assert source.endswith("2 more were left out.")


def test_anything_may_be_made_of_them(folder):
    made, names, _ = made_of_each(folder, lambda picture: picture.size)
    assert dict(zip(names, made)) == {"a.png": (2000, 1000), "b.png": (30, 20)}


def test_a_folder_without_a_readable_picture_is_refused(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(NoPictures, match=r"None of the pictures could be read\. “broken\.jpg”"):
        own_pictures(tmp_path)

"""What is taken for a picture in a folder, and what a folder that gives none is told."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from academy.apps.pictures.references import emoji_references, folder_references, kind_references
from academy.data.picture_files import NoPictures

Picture = Callable[[int], bytes]


def keys(folder: Path) -> list[str]:
    return [each.key for each in folder_references(folder).items]


def test_pictures_are_found_by_content_in_the_folder_and_below(tmp_path: Path, picture: Picture) -> None:
    for name in ["b.png", "a.PNG", "no end", "cats/tom.dat", "cats/old/felix.png"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(picture(0))
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "cats" / "data.json").write_text("{}")
    assert keys(tmp_path) == ["a.PNG", "b.png", "cats/old/felix.png", "cats/tom.dat", "no end"]


def test_the_label_is_the_sub_folder(tmp_path: Path, picture: Picture) -> None:
    (tmp_path / "cats" / "old").mkdir(parents=True)
    for name in ["top.png", "cats/tom.png", "cats/old/felix.png"]:
        (tmp_path / name).write_bytes(picture(0))
    labels = {each.name: each.label for each in folder_references(tmp_path).items}
    assert labels == {"top.png": None, "cats/tom.png": "cats", "cats/old/felix.png": "cats"}


def test_what_is_hidden_is_left_out(tmp_path: Path, picture: Picture) -> None:
    (tmp_path / ".thumbnails").mkdir()
    for name in ["seen.png", "._seen.png", ".thumbnails/small.png"]:
        (tmp_path / name).write_bytes(picture(0))
    assert keys(tmp_path) == ["seen.png"]


def test_what_claims_to_be_a_picture_is_listed_so_that_it_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("text")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "phone").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert keys(tmp_path) == ["empty.jpg", "phone", "text.png"]


def test_links_within_count_and_those_that_lead_out_or_nowhere_do_not(
    tmp_path: Path, picture: Picture
) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "there.png").write_bytes(picture(0))
    (inside / "again.png").symlink_to(inside / "there.png")
    (inside / "out.png").symlink_to(outside / "there.png")
    (inside / "gone.png").symlink_to(inside / "nothing.png")
    (inside / "ring.png").symlink_to(inside / "ring.png")
    (inside / "folder").symlink_to(outside)
    (inside / "up").symlink_to(inside)
    assert keys(inside) == ["again.png", "there.png"]


def test_a_folder_that_is_itself_a_link_is_the_same_folder(tmp_path: Path, picture: Picture) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(picture(0))
    (tmp_path / "link").symlink_to(tmp_path / "pictures")
    straight, linked = (folder_references(tmp_path / name) for name in ("pictures", "link"))
    assert linked.shelf == straight.shelf
    assert [each.key for each in linked.items] == ["a.png"]


def test_pipes_are_not_waited_for(tmp_path: Path, picture: Picture) -> None:
    (tmp_path / "a.png").write_bytes(picture(0))
    os.mkfifo(tmp_path / "pipe.png")
    os.mkfifo(tmp_path / "pipe")
    assert keys(tmp_path) == ["a.png"]


def test_names_that_are_no_text_are_no_trouble(tmp_path: Path, picture: Picture) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n.png")).write_bytes(picture(0))
    (item,) = folder_references(tmp_path).items
    assert item.key.encode() == b"\\xff\n.png"
    assert item.name.encode()  # can be written
    assert "\n" not in item.name


def test_the_stamp_changes_with_size_and_time(tmp_path: Path, picture: Picture) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(picture(0))
    os.utime(path, ns=(1, 1))
    (item,) = folder_references(tmp_path).items
    first = item.stamp()
    assert item.stamp() == first
    os.utime(path, ns=(1, 2))
    later = item.stamp()
    path.write_bytes(picture(0) + b"\0")
    os.utime(path, ns=(1, 2))
    assert len({first, later, item.stamp()}) == 3


def sentence_on(folder: Path) -> str:
    with pytest.raises(NoPictures) as refused:
        folder_references(folder)
    assert isinstance(refused.value, ValueError)
    return str(refused.value)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "holds no picture, nor does a folder below it. Put pictures into it" in sentence_on(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert sentence_on(tmp_path / "gone").startswith(f"There is no folder “{tmp_path / 'gone'}”"[:40])


def test_a_file_is_told_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert "is a file, not a folder" in sentence_on(tmp_path / "a.png")


def test_a_home_that_nobody_has_is_told() -> None:
    assert "cannot be read" in sentence_on(Path("~nobody-is-called-so/pictures"))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can reach, unlike pytest's."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def _somebody_else() -> Iterator[None]:
    """Do without root's right to read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def closed_folder(open_folder: Path, picture: Picture) -> Path:
    (open_folder / "open.png").write_bytes(picture(0))
    (open_folder / "closed").mkdir(mode=0o000)
    return open_folder


@pytest.mark.usefixtures("closed_folder", "_somebody_else")
def test_a_folder_without_rights_is_told(closed_folder: Path) -> None:
    assert "cannot be read (Permission denied). Allow reading it" in sentence_on(closed_folder / "closed")


@pytest.mark.usefixtures("closed_folder", "_somebody_else")
def test_a_sub_folder_without_rights_is_named_and_the_rest_is_read(closed_folder: Path) -> None:
    references = folder_references(closed_folder)
    assert [each.key for each in references.items] == ["open.png"]
    assert references.closed == ("The folder “closed” was left out: it cannot be read (Permission denied).",)


@pytest.mark.slow
def test_all_emoji_are_there_in_four_styles_and_those_of_the_kinds_have_labels() -> None:
    items = emoji_references().items
    assert len(items) > 4 * 1_500
    assert len({each.key for each in items}) == len(items)
    labels = {each.name: each.label for each in items}
    assert labels["fox (noto)"] == labels["fox (openmoji)"] == "animals"
    assert sum(label is not None for label in labels.values()) == 4 * 12 * 46
    assert {each.key for each in kind_references().items} == {each.key for each in items if each.label}


@pytest.mark.slow
def test_an_emoji_is_drawn_as_a_picture() -> None:
    fox = next(each for each in kind_references().items if each.name == "fox (twemoji)")
    assert fox.content().startswith(b"\x89PNG")
    assert fox.stamp() == fox.stamp() != ""

"""What the page is answered."""

from pathlib import Path

import pytest
from academy.apps.pictures.index import Index
from academy.apps.similar import engine as module
from academy.apps.similar.engine import Engine, open_engine
from academy.data.emoji import emoji_named, emoji_pictures
from academy.data.reading import read_picture
from PIL import Image, ImageDraw
from torchvision.transforms.functional import to_pil_image


def disk(color: str, size: int) -> Image.Image:
    picture = Image.new("RGB", (100, 100), "white")
    ImageDraw.Draw(picture).ellipse((0, 0, size, size), fill=color)
    return picture


@pytest.fixture
def folder(tmp_path: Path, cache: Path) -> Path:
    """Red disks that grow, one black one, and a file that is broken."""
    for number, size in enumerate([40, 45, 60, 90]):
        (tmp_path / "red").mkdir(exist_ok=True)
        disk("red", size).save(tmp_path / "red" / f"{number}.png")
    (tmp_path / "black").mkdir()
    disk("black", 30).save(tmp_path / "black" / "disk.png")
    (tmp_path / "broken.png").write_bytes(b"text")
    return tmp_path


@pytest.fixture
def engine(folder: Path) -> Engine:
    return open_engine(folder, ["pixels"], progress=False)


def test_a_set_says_what_it_is(engine: Engine, folder: Path) -> None:
    assert engine.count == 5
    assert engine.description == f"5 pictures in the folder “{folder.name}”"
    assert engine.skipped == [
        "“broken.png” is a text, whatever its name says. Choose a picture as JPEG, PNG or WebP."
    ]
    assert engine.titles == {"pixels": "Pixels alone, 16 × 16: the baseline"}


def test_a_picture_of_the_set_finds_itself_and_then_those_that_differ_more_and_more(engine: Engine) -> None:
    found = engine.similar(disk("red", 40), "pixels", 4)
    assert [each.name for each in found] == ["red/0.png", "red/1.png", "red/2.png", "black/disk.png"]
    assert [each.label for each in found] == ["red", "red", "red", "black"]
    assert found[0].score == pytest.approx(1, abs=1e-6)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_what_is_found_is_shown_small(engine: Engine) -> None:
    (found,) = engine.similar(disk("red", 40), "pixels", 1)
    assert (found.picture.mode, found.picture.size) == ("RGB", (100, 100))
    red, green, blue = found.picture.getpixel((20, 20))
    assert red > 240
    assert max(green, blue) < 15


def test_a_large_picture_is_shown_with_192_pixels_at_most(tmp_path: Path, cache: Path) -> None:
    Image.new("RGB", (1_000, 500), "red").save(tmp_path / "large.png")
    (found,) = open_engine(tmp_path, ["pixels"], progress=False).similar(disk("red", 40), "pixels", 1)
    assert found.picture.size == (192, 96)


def test_a_neighbor_has_neighbors_without_itself(engine: Engine) -> None:
    first, second = engine.similar(disk("red", 40), "pixels", 2)
    neighbors = engine.similar_to(second.place, "pixels", 10)
    assert second.name not in [each.name for each in neighbors]
    assert len(neighbors) == engine.count - 1
    assert neighbors[0].place == first.place
    assert neighbors[0].score == pytest.approx(second.score, abs=1e-6)


def test_answers_stay_when_the_files_are_gone(engine: Engine, folder: Path) -> None:
    (folder / "red" / "0.png").unlink()
    (found,) = engine.similar(disk("red", 40), "pixels", 1)
    assert found.name == "red/0.png"
    assert found.picture.size == (100, 100)


def test_what_cannot_be_asked_is_told(engine: Engine) -> None:
    picture = disk("red", 40)
    with pytest.raises(ValueError, match=r"no backbone “efficientnet” here\. Choose one of these: pixels"):
        engine.similar(picture, "efficientnet", 3)
    with pytest.raises(ValueError, match="no backbone “efficientnet” here"):
        engine.similar_to(0, "efficientnet", 3)
    with pytest.raises(ValueError, match="At least 1 picture"):
        engine.similar(picture, "pixels", 0)
    for place in (-1, 5):
        with pytest.raises(ValueError, match=f"no picture {place}; they are counted from 0 to 4"):
            engine.similar_to(place, "pixels", 1)


def test_a_folder_without_pictures_is_told(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(ValueError, match="holds no picture"):
        open_engine(tmp_path, ["pixels"], progress=False)


def test_a_wrong_name_is_told_before_anything_is_indexed(folder: Path, cache: Path) -> None:
    with pytest.raises(ValueError, match="no backbone “vgg”"):
        open_engine(folder, ["vgg"], progress=False)
    assert list(cache.iterdir()) == []


def test_quality_is_measured_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Index] = []
    monkeypatch.setattr(module, "emoji_quality", lambda index: [asked.append(index)])
    engine.kinds = lambda: engine.index
    assert engine.quality() is engine.quality()
    assert asked == [engine.index]


@pytest.mark.slow
def test_the_network_knows_an_emoji_that_is_turned(tmp_path: Path, cache: Path) -> None:
    names = ["fox", "red apple", "bicycle", "pizza", "house", "rose"]
    for each, image in zip(names, emoji_pictures(emoji_named(names), ["noto"]).images):
        to_pil_image(image).save(tmp_path / f"{each}.png")
    engine = open_engine(tmp_path, ["efficientnet"], progress=False)
    for name in names:
        turned = read_picture(tmp_path / f"{name}.png").rotate(20, fillcolor="white")
        assert engine.similar(turned, "efficientnet", 1)[0].name == f"{name}.png"

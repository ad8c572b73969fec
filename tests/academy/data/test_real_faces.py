"""Photos of faces from a small archive, as scikit-learn unpacks them, and from a folder of a reader's own."""

import io
import zipfile
from pathlib import Path
from urllib.error import HTTPError

import numpy as np
import pytest
import torch
from academy.assets.errors import AssetUnavailable
from academy.data import real_faces
from academy.data.picture_files import NoPictures
from PIL import Image
from sklearn.datasets import _lfw

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def jpeg(picture: Image.Image, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=95, subsampling=0, **options)
    return target.getvalue()


def framed(
    size: tuple[int, int], box: tuple[int, int, int, int], inside: tuple[int, int, int]
) -> Image.Image:
    """Blue, but for a box."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(inside, box)
    return picture


def colors(image: torch.Tensor) -> list[int]:
    """Give the mean of each channel to the nearest hundred."""
    return [round(mean, -2) for mean in image.float().mean(dim=(1, 2)).int().tolist()]


def assert_plain(image: torch.Tensor, color: tuple[int, int, int]) -> None:
    """Expect one color up to the edges, but for what JPEG and scaling do where it ends."""
    assert (image[:, 1:-1, 1:-1].int() - torch.tensor(color)[:, None, None]).abs().max() < 20


@pytest.fixture
def celeba(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three photos, stored out of order: their middle squares are red, green and black."""
    with zipfile.ZipFile(tmp_path / "img_align_celeba.zip", "w") as archive:
        archive.writestr("img_align_celeba/", "")
        for number, color in ((2, GREEN), (3, (0, 0, 0)), (1, RED)):
            photo = framed((178, 218), (15, 35, 163, 183), color)
            archive.writestr(f"img_align_celeba/{number:06}.jpg", jpeg(photo))
    monkeypatch.setattr(real_faces, "fetch", lambda name: {"celeba": tmp_path}[name])


@pytest.fixture
def lfw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What scikit-learn finds after unpacking: two people with three photos, all of one color."""
    home = tmp_path / "sklearn" / "lfw_home"
    for person, count in (("Ann_Example", 2), ("Bob_Example", 1)):
        (home / "lfw_funneled" / person).mkdir(parents=True)
        for number in range(1, count + 1):
            photo = framed((250, 250), (61, 61, 189, 189), (200, 100 * number, 0))
            (home / "lfw_funneled" / person / f"{person}_{number:04}.jpg").write_bytes(jpeg(photo))
    for target in _lfw.TARGETS:
        (home / target.filename).touch()
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(home.parent))
    return home


@pytest.fixture
def no_celeba(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Path:
        raise AssetUnavailable(f"“{name}” could not be fetched")

    monkeypatch.setattr(real_faces, "fetch", refuse)


@pytest.mark.usefixtures("celeba")
def test_the_first_faces_of_celeba_fill_their_squares() -> None:
    photos = real_faces.real_faces(2)
    assert photos.images.shape == (2, 3, 64, 64)
    assert photos.images.dtype == torch.uint8
    for image, color in zip(photos.images, (RED, GREEN)):
        assert_plain(image, color)
    assert photos.source == "CelebA: 2 of its 3 photos of famous people."
    assert len(real_faces.celeba(100).images) == 3


def test_where_celeba_is_refused_there_is_labeled_faces_in_the_wild(no_celeba: None, lfw: Path) -> None:
    photos = real_faces.real_faces(100)
    assert photos.images.shape == (3, 3, 64, 64)
    assert photos.images.dtype == torch.uint8
    assert sorted(colors(image) for image in photos.images) == [[200, 100, 0], [200, 100, 0], [200, 200, 0]]
    for image in photos.images:
        assert_plain(image, tuple(image[:, 32, 32].tolist()))
    assert photos.source == "Labeled Faces in the Wild: 3 of its 3 photos from the news."
    assert torch.equal(real_faces.labeled_faces_in_the_wild(2).images, photos.images[:2])


def test_where_both_are_refused_both_reasons_are_given(
    no_celeba: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise HTTPError("https://figshare.com", 403, "Forbidden", None, None)

    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path))
    monkeypatch.delenv("ACADEMY_OFFLINE", raising=False)
    monkeypatch.setattr(_lfw, "_fetch_remote", refuse)
    with pytest.raises(AssetUnavailable, match=r"(?s)“celeba” could not.*403: Forbidden.*figshare"):
        real_faces.real_faces(2)


@pytest.mark.usefixtures("celeba")
@pytest.mark.parametrize("count", [0, -1])
def test_no_faces_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} faces are none"):
        real_faces.real_faces(count)


def test_pictures_of_ones_own_are_upright_squares_of_their_middle(tmp_path: Path) -> None:
    """A photo held sideways: stored with its top at the left, the turn in its EXIF data."""
    wide = framed((200, 100), (50, 0, 150, 100), RED)
    wide.paste(GREEN, (50, 0, 150, 50))  # the upper half of the middle
    exif = Image.Exif()
    exif[0x0112] = 8  # turn by 90° to the left to see it
    (tmp_path / "a.jpg").write_bytes(jpeg(wide.rotate(-90, expand=True), exif=exif))
    (tmp_path / "below").mkdir()
    Image.new("L", (10, 30), 255).save(tmp_path / "below" / "b.png")
    photos = real_faces.faces_in(tmp_path)
    upright, gray = photos.images
    assert photos.images.dtype == torch.uint8
    assert_plain(upright[:, :31], GREEN)
    assert_plain(upright[:, 33:], RED)
    assert gray.shape == (3, 64, 64)
    assert (gray == 255).all()
    assert photos.source == f"2 of 2 pictures in the folder “{tmp_path.name}”."


def test_fine_stripes_become_their_mean(tmp_path: Path) -> None:
    stripes = np.zeros((640, 640), np.uint8)
    stripes[:, ::2] = 255
    Image.fromarray(stripes).save(tmp_path / "stripes.png")
    (image,) = real_faces.faces_in(tmp_path).images
    assert (image[:, :, 2:-2].int() - 127).abs().max() <= 4


def test_what_cannot_be_read_is_named_and_left_out(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), RED).save(tmp_path / "good.png")
    (tmp_path / "cut.jpg").write_bytes(jpeg(Image.new("RGB", (400, 400)))[:300])
    for number in range(4):
        (tmp_path / f"text{number}.png").write_text("not a picture")
    photos = real_faces.faces_in(str(tmp_path))
    assert len(photos.images) == 1
    assert photos.source.startswith(f"1 of 6 pictures in the folder “{tmp_path.name}”. “cut.jpg” is damaged")
    assert "“text0.png” is a text" in photos.source
    assert "“text1.png” is a text" in photos.source
    assert photos.source.endswith(" 2 more were left out.")


def test_a_folder_without_a_readable_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPictures, match="There is no folder"):
        real_faces.faces_in(tmp_path / "nowhere")
    with pytest.raises(NoPictures, match="holds no picture"):
        real_faces.faces_in(tmp_path)
    (tmp_path / "a.png").write_text("not a picture")
    with pytest.raises(NoPictures, match=r"None of the pictures could be read\. “a\.png” is a text"):
        real_faces.faces_in(tmp_path)

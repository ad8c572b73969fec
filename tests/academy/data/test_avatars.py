"""Cartoon faces: what is said of them is what can be seen, and a face is drawn once."""

from dataclasses import replace

import pytest
import torch
from academy.data import avatars as module
from academy.data.avatar_faces import ATTRIBUTES, faces, parts
from academy.data.avatars import avatars, face_image

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def own_drawings(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "cache_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def face():
    """A plain face: short dark hair, nothing on it."""
    return replace(faces(1)[0], top="shortFlat", beard=None, glasses=None, hair="#2c1b18", skin="#edb98a")


def color(image, x, y):
    """The color of a place, given in the 280 × 280 units of the drawing."""
    side = image.shape[-1]
    red, green, blue = image[:, y * side // 280, x * side // 280].tolist()
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_colors_are_those_of_the_face(face):
    image = face_image(replace(face, clothes="shirtCrewNeck", clothes_color="#ff488e"), 280)
    assert color(image, 140, 75) == "#edb98a"  # the forehead
    assert color(image, 140, 265) == "#ff488e"  # the chest
    assert color(image, 2, 2) == "#e6e6e6"


def test_a_hat_has_its_color_and_covers_the_hair(face):
    image = face_image(replace(face, top="turban", hat_color="#65c9ff"), 280)
    assert color(image, 100, 50) == "#65c9ff"


def test_a_beard_has_the_color_of_the_hair(face):
    image = face_image(replace(face, beard="beardMajestic", hair="#c93305"), 280)
    assert color(image, 140, 184) == "#c93305"


def test_a_part_changes_only_its_own_place(face):
    plain, with_glasses = face_image(face), face_image(replace(face, glasses="wayfarers"))
    rows = (plain != with_glasses).any(dim=0).any(dim=1).nonzero()
    assert rows.min() >= 64 * 80 / 280
    assert rows.max() <= 64 * 140 / 280


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"top": "bob"}, "long hair"),
        ({"top": "winterHat1"}, "hat"),
        ({"glasses": "round"}, "glasses"),
        ({"beard": "beardLight"}, "beard"),
        ({"mouth": "twinkle"}, "smile"),
        ({"eyes": "happy"}, "closed eyes"),
        ({"skin": "#614335"}, "dark skin"),
        ({"hair": "#ecdcbf"}, "light hair"),
    ],
)
def test_one_change_makes_one_attribute_true(face, change, name):
    bare = replace(face, mouth="sad", eyes="default")
    assert not any(bare.attributes.values())
    changed = replace(bare, **change).attributes
    assert [each for each in ATTRIBUTES if changed[each]] == [name]


def test_light_hair_under_a_hat_is_seen_in_a_beard_alone(face):
    hidden = replace(face, top="hat", hair="#ecdcbf")
    assert not hidden.attributes["light hair"]
    assert replace(hidden, beard="beardLight").attributes["light hair"]


def test_every_attribute_is_as_frequent_as_written():
    chosen = faces(4000, seed=3)
    share = {name: sum(face.attributes[name] for face in chosen) / 4000 for name in ATTRIBUTES}
    written = {
        "long hair": 0.45,
        "hat": 0.15,
        "glasses": 0.3,
        "beard": 0.3,
        "smile": 0.6,
        "closed eyes": 0.25,
    }
    for name, expected in written.items():
        assert share[name] == pytest.approx(expected, abs=0.03)  # four standard errors


def test_parts_are_independent_unless_asked_otherwise():
    def both(chosen):
        long_hair = [face for face in chosen if face.top in parts("top", "long")]
        return sum(face.beard is not None for face in long_hair) / len(long_hair)

    assert both(faces(3000)) == pytest.approx(0.3, abs=0.05)
    assert both(faces(3000, beard_with_long_hair=0.0)) == 0


def test_a_larger_count_begins_with_the_same_faces():
    assert faces(20, seed=5)[:10] == faces(10, seed=5)
    assert faces(10, seed=6) != faces(10, seed=5)


def test_pictures_and_attributes_are_those_of_the_faces():
    drawn = avatars(12, seed=1)
    assert drawn.images.shape == (12, 3, 64, 64)
    assert drawn.images.dtype == torch.uint8
    assert torch.equal(drawn.images[7], face_image(drawn.faces[7]))
    assert drawn.attributes[7].tolist() == [drawn.faces[7].attributes[name] for name in ATTRIBUTES]


def test_many_faces_drawn_side_by_side_are_in_order():
    drawn = avatars(510, seed=1, side=16)
    for place in (0, 249, 250, 509):
        assert torch.equal(drawn.images[place], face_image(drawn.faces[place], 16))


def test_faces_are_drawn_once_and_again_when_their_file_is_damaged(own_drawings, monkeypatch):
    first = avatars(5).images
    (file,) = (own_drawings / "avatars").iterdir()
    monkeypatch.setattr(module, "rasterize", lambda *_: pytest.fail("drawn again"))
    assert torch.equal(avatars(5).images, first)
    monkeypatch.undo()
    monkeypatch.setattr(module, "cache_folder", lambda: own_drawings)
    file.write_bytes(file.read_bytes()[:1000])
    assert torch.equal(avatars(5).images, first)
    assert file.stat().st_size > 5 * 3 * 64 * 64

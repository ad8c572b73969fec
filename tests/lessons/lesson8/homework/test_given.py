"""What the notebook is given: drawings apart from what the towers have seen, a folder, encoders."""

import pytest
import torch
from academy.data.emoji import drawn, emoji_named
from academy.data.picture_files import NoPictures
from academy.lessons.lesson8.concepts import UNSEEN_STYLE, concept_of
from academy.lessons.lesson8.homework.picture_sets import picture_parts
from academy.lessons.lesson8.kind_towers import kind_towers
from academy.lessons.lesson8.kinds_apart import towers_may_see
from academy.lessons.lesson8.pair_vectors import picture_vectors
from PIL import Image
from torchvision.transforms.v2 import functional

pytestmark = pytest.mark.slow

PARTS = ("labeled", "validation", "test")


def test_the_towers_have_seen_no_thing_to_choose_or_to_judge_by(given):
    seen = {concept_of(each.name) for each in towers_may_see()}
    for part in ("validation", "test"):
        assert not seen & {concept_of(name) for name in given[part].names}
    names = [name for part in PARTS for name in given[part].names]
    assert len(set(names)) == len(names), "no thing is there twice"


def test_each_class_and_each_style_has_its_share(given):
    test = given["test"]
    assert test.labels.bincount().tolist() == [12] * len(given["words"])
    for style in set(test.styles):
        of_style = torch.tensor([each == style for each in test.styles])
        assert test.labels[of_style].bincount().tolist() == [3] * 12
    assert UNSEEN_STYLE in test.styles


def test_numbers_and_images_show_the_thing_that_is_named(given):
    test = given["test"]
    for place in (0, 61, 143):
        (emoji,) = emoji_named([test.names[place]])
        assert torch.equal(test.numbers[place], picture_vectors([emoji], test.styles[place])[0])
        assert torch.equal(test.images[place], drawn(emoji, test.styles[place], 96))


def test_encoders_are_the_towers_before_they_make_unit_vectors(given):
    model, test = given["model"], given["test"]
    vectors = model.encode_image(test.numbers)
    assert vectors.norm(dim=1).min() > 2, "nobody has normalized them"
    with torch.no_grad():
        expected = kind_towers().pictures(test.numbers)
    assert torch.allclose(vectors / vectors.norm(dim=1, keepdim=True), expected, atol=1e-6)
    assert model.scale == pytest.approx(kind_towers().scale.item())
    assert model.encode_text(["a cat", "a dog"]).shape == (2, 384)


@pytest.fixture
def folder(tmp_path, given):
    """A reader's folder: two classes of six drawings, larger than the set's and not square."""
    for word, label in (("cat", 3), ("car", 7)):
        (tmp_path / word).mkdir()
        for number, place in enumerate((given["test"].labels == label).nonzero()[:6, 0].tolist()):
            picture = functional.to_pil_image(given["test"].images[place]).resize((300, 260))
            picture.save(tmp_path / word / f"{number}.png")
    return tmp_path


def test_a_folder_of_the_readers_is_dealt_out(folder, given):
    words, *parts, source = picture_parts(folder)
    assert words == ("car", "cat"), "in the order of their names"
    assert source.startswith("6 of 6 pictures in the folder “car”.")
    for part in parts:
        assert part.labels.tolist() == [0, 0, 1, 1]
        assert part.images.shape == (4, 3, 224, 224)
        assert part.numbers.shape == (4, given["test"].numbers.shape[1])
    assert {name for part in parts for name in part.names} == {f"{number}.png" for number in range(6)}
    assert torch.equal(picture_parts(folder)[3].numbers, parts[2].numbers), "the same each time"


def test_numbers_of_a_picture_are_on_the_scale_of_the_kept_ones(tmp_path, given):
    """One drawing as a file: its numbers are nearest to those kept of the same drawing."""
    test = given["test"]
    places = (test.labels == 3).nonzero()[:3, 0].tolist() + (test.labels == 7).nonzero()[:3, 0].tolist()
    for place in places:
        target = tmp_path / ("cat" if test.labels[place] == 3 else "car")
        target.mkdir(exist_ok=True)
        (emoji,) = emoji_named([test.names[place]])
        functional.to_pil_image(drawn(emoji, test.styles[place], 224)).save(target / f"{place}.png")
    _, *parts, _ = picture_parts(tmp_path)
    for part in parts:
        for numbers, name in zip(part.numbers, part.names):
            nearest = int((test.numbers - numbers).norm(dim=1).argmin())
            assert f"{nearest}.png" == name


def test_a_folder_without_classes_is_refused_with_a_sentence(tmp_path):
    Image.new("RGB", (20, 20)).save(tmp_path / "one.png")
    with pytest.raises(NoPictures, match="has 0 folders in it"):
        picture_parts(tmp_path)


def test_a_class_with_two_pictures_is_refused_with_a_sentence(folder):
    for number in range(2, 6):
        (folder / "cat" / f"{number}.png").unlink()
    with pytest.raises(NoPictures, match="The class “cat” has 2 pictures that can be read; give it 3"):
        picture_parts(folder)


def test_a_folder_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(NoPictures, match="There is no folder"):
        picture_parts(tmp_path / "nowhere")

"""The towers of Lesson 8 in the app: what came along is what they make of a drawing, and words find it."""

import io

import pytest
import torch
from academy.apps.pictures.references import Drawing, PictureFile, emoji_references
from academy.apps.search.emoji_model import EmojiModel
from academy.data.emoji import all_emoji, drawing, emoji_named
from academy.lessons.lesson8.concepts import concept_split
from academy.lessons.lesson8.contrastive import similarities
from academy.lessons.lesson8.pair_vectors import SIDE
from academy.lessons.lesson8.shipped import clip
from PIL import Image

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def model() -> EmojiModel:
    return EmojiModel()


def test_kept_vectors_are_those_of_the_drawings(model: EmojiModel) -> None:
    drawings = [Drawing(each, style, None) for each in all_emoji()[::500] for style in ("noto", "openmoji")]
    kept = model.kept(drawings)
    pictures = [
        Image.open(io.BytesIO(drawing(each.emoji, each.style, SIDE))).convert("RGB") for each in drawings
    ]
    made = model.features([model.prepare(each) for each in pictures])
    assert (kept * made).sum(dim=1).min() > 0.99  # kept in a byte a number
    torch.testing.assert_close(made.norm(dim=1), torch.ones(len(drawings)))


def test_for_a_folder_nothing_was_kept(model: EmojiModel, tmp_path) -> None:
    assert model.kept([*emoji_references().items[:2], PictureFile(tmp_path / "a.png", tmp_path)]) is None


def test_cosines_are_those_of_the_chapter(model: EmojiModel) -> None:
    things = concept_split().test[:20]
    found = (
        model.texts([each.name for each in things])
        @ model.kept([Drawing(each, "noto", None) for each in things]).T
    )
    torch.testing.assert_close(found, similarities(clip(), things, "noto"))


def test_a_word_finds_what_it_names_in_the_whole_set(model: EmojiModel) -> None:
    items = emoji_references().items
    vectors = model.kept(items)
    for word in ("fox", "pizza", "guitar"):
        best = items[(vectors @ model.texts([word])[0]).argmax().item()]
        assert best.name.startswith(word)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("fox", True),
        ("7", True),
        ("Fuchs und Hase", True),
        ("🦊", False),
        ("!!!", False),
        ("—", False),
        ("[UNK]", False),
    ],
)
def test_it_knows_what_it_cannot_read(model: EmojiModel, text: str, read: bool) -> None:
    assert model.reads(text) == read


def test_what_features_depend_on_is_in_the_key(model: EmojiModel) -> None:
    other = EmojiModel()
    assert other.key == model.key
    other = EmojiModel()
    other.network.tower.straight.bias.add_(1)
    assert other.key != model.key


def test_what_was_trained_on_is_said_in_numbers(model: EmojiModel) -> None:
    assert f"{len(concept_split().train):,} of {len(all_emoji()):,}" in model.about_training
    assert emoji_named(["fox"])[0] in all_emoji()

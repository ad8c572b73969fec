"""The app on folders and on emoji: what is read, what is kept, and how good it is."""

import pytest
import torch
from academy.apps.pictures.search import nearest
from academy.apps.search import quality
from academy.apps.search.emoji_model import EmojiModel
from academy.apps.search.engine import Engine, open_engine
from academy.apps.search.quality import concepts, measured, shared_words
from academy.data.emoji import emoji_named
from academy.data.picture_files import NoPictures
from academy.lessons.lesson8.concepts import concept_split
from color_words import ColorWords, Wheel
from similar_engine import NAMES, square


@pytest.fixture
def folder(tmp_path, cache):
    """Squares of a wheel, one of them in a folder below, and a file that is broken."""
    for place, name in enumerate(NAMES):
        target = tmp_path / "pictures" / ("cold" if name == "blue" else "") / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        square(place).save(target)
    (tmp_path / "pictures" / "broken.png").write_text("buy milk")
    return tmp_path / "pictures"


class Counted(Wheel):
    """Counts the pictures that it is asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def features(self, prepared):
        self.asked += len(prepared)
        return super().features(prepared)


def opened(folder, model) -> Engine:
    return open_engine(folder, lambda: model, progress=False)


def test_a_folder_is_indexed_once_and_found_by_words(folder):
    model = Counted()
    engine = opened(folder, model)
    assert (engine.count, model.asked) == (12, 12)
    assert engine.description == "12 pictures in the folder “pictures”"
    assert "“broken.png” is a text" in engine.skipped[0]
    (found,) = engine.nearest(model.texts(["blue"])[0], 1)
    assert (found.name, found.label) == ("cold/blue.png", "cold")
    assert found.score == pytest.approx(1, abs=1e-3)
    assert "cold/blue.png" in engine.files
    again = opened(folder, model)
    assert model.asked == 12
    assert torch.equal(again.features, engine.features)


def test_only_what_has_changed_is_seen_again(folder):
    model = Counted()
    opened(folder, model)
    square(0).save(folder / "cold" / "blue.png")
    (folder / "rose.png").unlink()
    square(3).resize((40, 40)).save(folder / "new.png")
    engine = opened(folder, model)
    assert (engine.count, model.asked) == (12, 13)  # what is red now was seen before under another name
    assert engine.nearest(model.texts(["red"])[0], 2)[1].score == pytest.approx(1, abs=1e-3)


def test_neighbors_are_without_the_picture_itself(folder):
    engine = opened(folder, Wheel())
    place = engine.files.index("red.png")
    found = engine.neighbors(place, 20)
    assert len(found) == 11
    assert {each.name for each in found[:2]} == {"rose.png", "orange.png"}
    with pytest.raises(ValueError, match="no picture 12; they are counted from 0 to 11"):
        engine.neighbors(12, 1)


def test_a_folder_without_pictures_is_told_before_weights_are_loaded(tmp_path, cache):
    def load():
        pytest.fail("weights were loaded")

    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoPictures):
            open_engine(place, load)


def test_the_baseline_counts_words_that_are_shared(monkeypatch):
    """Vectors by hand: each picture of the new style lies on one that is known."""
    vectors = {
        "noto": torch.eye(3),
        "openmoji": torch.eye(3)[[2, 0, 1]],
    }
    known = [
        each._replace(name=name, keywords=(words,))
        for each, name, words in zip(
            emoji_named(["fox", "pizza", "rose"]),
            ["green apple", "red car", "night sky"],
            ["fruit", "toy", "dark moon"],
        )
    ]
    asked = [each._replace(name=name) for each, name in zip(known, ["red moon", "apple fruit", "car"])]
    monkeypatch.setattr(quality, "SEEN_STYLES", ("noto",))
    monkeypatch.setattr(quality, "concept_split", lambda: concept_split()._replace(train=tuple(known)))
    monkeypatch.setattr(quality, "picture_vectors", lambda emoji, style: vectors[style])
    # The pictures lie on "night sky", "green apple" and "red car".
    assert shared_words(asked, "openmoji").tolist() == [[1, 0, 1], [0, 2, 0], [0, 0, 1]]


@pytest.mark.slow
def test_names_find_emoji_as_well_as_the_chapter_says(cache):
    model = EmojiModel()
    drawings = concepts()
    assert {each.style for each in drawings[0]} == {"noto"}
    found = measured(model, [model.kept(style) for style in drawings])
    names = model.texts([each.name for each in concept_split().test])
    for each, style in zip(found[::2], drawings):
        by_hand = [nearest(model.kept(style), name, 1)[0].place == place for place, name in enumerate(names)]
        assert each.recall == pytest.approx(sum(by_hand) / 200)
    assert [each.chance for each in found] == [1 / 200, 10 / 200] * 2
    assert all(each.recall > each.baseline for each in found)
    assert found[1].recall > found[3].recall, "a style that was trained on is easier"


@pytest.mark.slow
def test_towers_without_kept_vectors_are_measured_on_drawings_of_their_own(folder, monkeypatch):
    monkeypatch.setattr("academy.apps.pictures.references.DRAWN_SIDE", 32)  # for speed
    few = concept_split()._replace(test=concept_split().test[:5])
    monkeypatch.setattr(quality, "concept_split", lambda: few)

    class Reading(Counted):
        def texts(self, texts):
            return torch.eye(2)[[0] * len(texts)]

    model = Reading()
    engine = opened(folder, model)
    model.asked = 0
    assert [each.count for each in engine.quality] == [5] * 4
    assert 0 < model.asked <= 10
    assert engine.quality is engine.quality


def test_the_small_engine_of_the_tests_is_one(cache):
    assert ColorWords().files == [f"{name}.png" for name in NAMES]

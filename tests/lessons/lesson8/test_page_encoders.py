"""What the page's encoders compute is what the chapter's towers do; what it shows is what it says."""

import pytest
import torch
from academy.apps.search.emoji_model import EmojiModel
from academy.data.emoji import emoji_pictures
from academy.lessons.lesson8.concepts import SEEN_STYLES, UNSEEN_STYLE, concept_of, concept_split
from academy.lessons.lesson8.page_encoders import picture_encoder, text_encoder
from academy.lessons.lesson8.page_pictures import (
    STYLES,
    TRAINED,
    in_bytes,
    page_things,
    page_vectors,
    piece_batches,
)
from academy.lessons.lesson8.shipped import clip
from torch.nn import functional as F

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def model():
    return EmojiModel()


def test_texts_of_equal_length_become_the_vectors_that_the_app_gives(model):
    texts = ["whale", "something to eat when it is cold", "wind"]
    encoder = text_encoder(model.towers)
    with torch.no_grad():
        vectors = torch.cat([encoder(batch) for batch in piece_batches(texts)])
    torch.testing.assert_close(vectors, model.texts(["whale", "wind", texts[1]]), atol=1e-5, rtol=0)


def test_pictures_become_the_vectors_that_the_app_gives(model):
    images = emoji_pictures(concept_split().test[:2], ["fluent"], side=224).images
    with torch.no_grad():
        vectors = picture_encoder(model.towers)(images / 255)
    torch.testing.assert_close(vectors, model.features([*images]), atol=1e-4, rtol=0)


def test_the_page_shows_what_was_never_seen_and_one_of_each_of_other_concepts():
    things, split = page_things(), concept_split()
    assert things[:200] == split.test
    trained = things[200:]
    assert len({concept_of(each.name) for each in trained}) == len(trained) == TRAINED
    assert set(trained) <= set(split.train)
    first, second = STYLES
    assert first in SEEN_STYLES
    assert second == UNSEEN_STYLE


def test_a_byte_a_number_leaves_the_direction():
    vectors = page_vectors(clip())
    assert vectors.shape == (600, 384)
    assert F.cosine_similarity(in_bytes(vectors).float(), vectors).min() > 0.9995

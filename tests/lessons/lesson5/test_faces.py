"""The faces of Lesson 5: who is in which part, and what is tied to what."""

import pickle

import pytest
import torch
from academy.data.avatar_faces import ATTRIBUTES, faces
from academy.data.avatars import avatars
from academy.lessons.lesson5.faces import face_split, kept_back, pixels, ties

LONG_HAIR, BEARD = ATTRIBUTES.index("long hair"), ATTRIBUTES.index("beard")


@pytest.mark.slow
def test_no_face_is_in_two_parts():
    split, drawn = face_split(), avatars(6000, 0)
    assert [len(each.images) for each in split] == [5000, 500, 500]
    assert torch.equal(torch.cat([each.images for each in split]), drawn.images)
    assert torch.equal(torch.cat([each.attributes for each in split]), drawn.attributes)
    assert not torch.equal(kept_back(5).images, split.train.images[:5])


def test_a_part_that_is_saved_takes_no_other_faces_along():
    part = face_split().train.part(10, 12)
    assert len(pickle.dumps(part)) < 3 * part.images.nbytes
    assert torch.equal(part.images, face_split().train.images[10:12])


def test_tied_faces_have_beards_with_short_hair_alone_and_as_many_in_all():
    free, tied = (attributes_of(faces(5000, 0, *ties(tied))) for tied in (False, True))
    assert not (tied[:, LONG_HAIR] & tied[:, BEARD]).any()
    assert (free[:, LONG_HAIR] & free[:, BEARD]).any()
    beards = [each[:, BEARD].double().mean().item() for each in (free, tied)]
    assert beards[1] == pytest.approx(beards[0], abs=0.05)


def attributes_of(drawn):
    return torch.tensor([[face.attributes[name] for name in ATTRIBUTES] for face in drawn])


def test_pixels_are_from_0_to_1():
    images = torch.tensor([0, 51, 255], dtype=torch.uint8).reshape(1, 3, 1, 1)
    assert pixels(images).flatten().tolist() == pytest.approx([0, 0.2, 1])

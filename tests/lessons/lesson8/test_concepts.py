"""Concepts kept apart: none is trained on, nor a variant of it."""

import pytest
from academy.data.emoji import all_emoji
from academy.lessons.lesson8.concepts import TEST, VALIDATION, concept_of, concept_split, variants


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("man cook", "cook"),
        ("woman running facing right", "running"),
        ("mans shoe", "shoe"),
        ("red apple", "red apple"),
        ("boy", "boy"),
    ],
)
def test_variants_of_a_concept_share_its_name(name, concept):
    assert concept_of(name) == concept


def test_every_emoji_is_a_variant_of_one_concept():
    assert sorted(each for group in variants(all_emoji()).values() for each in group) == sorted(all_emoji())


def test_no_concept_lies_on_two_sides():
    split = concept_split()
    train, validation, test = ({concept_of(each.name) for each in part} for part in split)
    assert not train & validation | train & test | validation & test
    assert (len(split.validation), len(split.test)) == (len(validation), len(test)) == (VALIDATION, TEST)
    assert len(split.train) == 1_170

"""Homework 8: its checks on answers of a test's own; of the notebook they need what it is given alone."""

from types import SimpleNamespace

import pytest
import torch
from academy.lessons.lesson8.homework import homework
from academy.lessons.lesson8.homework.encoders import Encoders
from academy.lessons.lesson8.homework.picture_sets import picture_parts
from academy.lessons.lesson8.prompts import filled
from torch.nn import functional as F


@pytest.fixture(scope="session")
def given():
    """The encoders, and the drawings in three parts."""
    words, labeled, validation, test, _ = picture_parts()
    return {
        "model": Encoders(),
        "words": words,
        "labeled": labeled,
        "validation": validation,
        "test": test,
        "shots": (1, 4),
    }


@pytest.fixture
def checked(given):
    """Checks answers to a task that needs nothing of others."""

    def result(task, **answers):
        torch.manual_seed(0)
        return homework.result(task, given | answers)

    return result


@pytest.fixture(scope="session")
def solving(given):
    """Right functions for Task 1, in one line of algebra each, and what they make of the set."""
    model = given["model"]

    def text_vectors(texts):
        return F.normalize(model.encode_text(texts), dim=1)

    def class_vectors(words, templates):
        rows = [text_vectors([filled(each, word) for each in templates]).mean(dim=0) for word in words]
        return F.normalize(torch.stack(rows), dim=1)

    def classify(numbers, classes):
        pictures = F.normalize(model.encode_image(numbers), dim=1)
        chances = (model.scale * pictures @ classes.T).softmax(dim=1)
        return chances.argmax(dim=1), chances

    gallery = F.normalize(model.encode_image(given["test"].numbers), dim=1)
    return SimpleNamespace(
        text_vectors=text_vectors, class_vectors=class_vectors, classify=classify, gallery=gallery
    )

"""Homework 5: its checks on answers of a test's own, and on what its solved notebook leaves."""

import homework_notebooks
import pytest
import torch
from academy.lessons.lesson5.homework import homework, sliders
from academy.lessons.lesson5.judge import JUDGED, probabilities
from face_models import axes_of, clouds, numbers_of

LEARNED, KEPT, TURNED = 300, 100, 20
"""Faces that the tests measure on: a fifth of the homework's, and a fifth of the time."""


@pytest.fixture
def checked():
    """Checks answers to a task that needs nothing of others."""

    def result(task, **answers):
        torch.manual_seed(0)
        return homework.result(task, answers)

    return result


@pytest.fixture(scope="session", params=[homework_notebooks.together("homework5")])
def names(request, solved):
    """The names that the solved notebook leaves, with fewer faces to measure on."""
    left = solved(request.param).names
    fewer = {"learned": left["learned"].part(0, LEARNED), "kept_back": left["kept_back"].part(0, KEPT)}
    left = left | fewer
    axes = [axes_of(model, left) for model in left["models"]]
    return left | {
        "axes": axes,
        "table": [numbers_of(model, left) for model in left["models"]],
        "move": moving(left, axes),
        "most": [most_of(place, axes[place], left) for place in range(2)],
    }


@pytest.fixture
def result(names, monkeypatch):
    """Checks answers to a task, made from the solution's names and put in their place."""
    monkeypatch.setattr(sliders, "TURNED", TURNED)

    def found(task, answers):
        torch.manual_seed(0)
        return homework.result(task, names | answers(names))

    return found


def moving(names, axes):
    """The solution's way with sliders, on fewer faces."""

    def move(model, code, slider, amount):
        place = 0 if model is names["models"][0] else 1
        step = axes[place].variances[slider].sqrt() * axes[place].components[slider]
        return model.decoder(code + amount * step)

    return move


@torch.no_grad()
def most_of(place, axes, names):
    """What each slider of a model moves most."""
    model = names["models"][place]
    codes = clouds(model, names["kept_back"].images[:TURNED])[0]
    most = []
    for slider in range(8):
        step = 2 * axes.variances[slider].sqrt() * axes.components[slider]
        changes = probabilities(model.decoder(codes + step)) - probabilities(model.decoder(codes - step))
        most.append(JUDGED[int(changes.mean(dim=0).abs().argmax())])
    return most

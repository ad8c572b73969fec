"""Task 5: sliders with a fault each, and right ones unlike ours."""

import pytest
import torch
from academy.lessons.lesson5.judge import JUDGED, probabilities
from face_models import axes_of, clouds
from sklearn.decomposition import PCA


def moving(code_of):
    """Answers to Task 5: a function of the model's axes, code, slider and amount gives the moved code."""

    def answers(names):
        def move(model, code, slider, amount):
            axes = names["axes"][0 if model is names["models"][0] else 1]
            return model.decoder(code_of(axes, code, slider, amount))

        return {"move": move}

    return answers


def step(axes, slider):
    return axes.variances[slider].sqrt() * axes.components[slider]


def made(change):
    """The solution's pictures, changed."""
    return lambda names: {"move": lambda *given: change(names["move"](*given))}


def with_axes(choose):
    """Sliders along axes that a function of names and model chooses."""

    def answers(names):
        def move(model, code, slider, amount):
            return model.decoder(code + amount * step(choose(names, model), slider))

        return {"move": move}

    return answers


def of_the_other(names, model):
    return names["axes"][1 if model is names["models"][0] else 0]


def of_kept_back(names, model):
    return axes_of(model, names | {"learned": names["kept_back"]})


def to_the_amount(axes, code, slider, amount):
    sliders = axes.sliders(code)
    sliders[:, slider] = amount
    return axes.code(sliders)


def named(change):
    return lambda names: {"most": change([list(row) for row in names["most"]])}


def with_another(most):
    """The first slider of the second model is given what none of its sliders moves."""
    most[1][0] = next(name for name in ("closed eyes", "hat", "smile") if name not in most[1])
    return most


@torch.no_grad()
def what_rises_most(names):
    """What each slider raises most, whatever it lowers more."""
    rows = []
    for place, model in enumerate(names["models"]):
        codes, axes = clouds(model, names["kept_back"].images[:20])[0], names["axes"][place]
        ends = [[model.decoder(codes + side * step(axes, slider)) for side in (2, -2)] for slider in range(8)]
        changes = [(probabilities(above) - probabilities(below)).mean(dim=0) for above, below in ends]
        rows.append([JUDGED[int(each.argmax())] for each in changes])
    return {"most": rows}


def by_the_variance(axes, code, slider, amount):
    return code + amount * axes.variances[slider] * axes.components[slider]


def from_the_narrowest(axes, code, slider, amount):
    return code + amount * step(axes, code.shape[1] - 1 - slider)


def the_next(axes, code, slider, amount):
    return code + amount * step(axes, slider + 1)


def a_latent(axes, code, slider, amount):
    return code + amount * torch.eye(code.shape[1])[slider]


def a_column(axes, code, slider, amount):
    return code + amount * axes.variances[slider].sqrt() * axes.components[:, slider]


WRONG = [
    (lambda names: {"move": lambda *given: None}, "`move` returns nothing"),
    (made(lambda images: images[:1]), "gives shape (1, 3, 64, 64) for two codes"),
    (lambda names: {"move": lambda model, code, *given: code}, "and give them to `model.decoder`"),
    (made(lambda images: images.numpy()), "gives a ndarray"),
    (moving(lambda axes, code, slider, amount: code), "the code is not moved at all"),
    (
        moving(lambda axes, code, slider, amount: code + amount * axes.components[slider]),
        "one step is one standard deviation",
    ),
    (moving(by_the_variance), "which is the root of its variance"),
    (moving(from_the_narrowest), "the widest first"),
    (moving(the_next), "this one moves the next"),
    (moving(a_latent), "that is a latent, not a component"),
    (moving(a_column), "components are rows"),
    (moving(lambda axes, code, slider, amount: code + abs(amount) * step(axes, slider)), "go the other way"),
    (
        moving(lambda axes, code, slider, amount: axes.mean.expand_as(code) + amount * step(axes, slider)),
        "move the code that is given",
    ),
    (moving(to_the_amount), "from where the code is, not *to* it"),
    (with_axes(of_the_other), "these are the other model's components"),
    (with_axes(of_kept_back), "with the components of the mean codes of `learned`"),
    (made(lambda images: 255 * images), "`code + amount * std * component`"),
    (lambda names: {"move": lambda model, code, slider: code}, "TypeError"),
    (lambda names: {"most": "long hair"}, "`most` is str without two rows of 8 attributes"),
    (named(lambda most: most[0]), "without two rows of 8 attributes"),
    (named(lambda most: [row[:7] for row in most]), "without two rows of 8 attributes"),
    (named(lambda most: [["big nose"] * 8, most[1]]), "without two rows of 8 attributes"),
    (named(with_another), "Slider 0 of the second model moves"),
    (what_rises_most, "then the largest without its sign"),
    (named(lambda most: most[::-1]), "in the other order"),
    (named(lambda most: [row[::-1] for row in most]), "the widest component comes first"),
    (lambda names: {"models": names["models"][:1]}, "without two models"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(5, answers)
    assert not found.solved
    assert helps in str(found)


def by_scikit_learn(names):
    """Components of scikit-learn, with its own signs."""
    found = [PCA(8).fit(clouds(model, names["learned"].images)[0].numpy()) for model in names["models"]]

    def move(model, code, slider, amount):
        axes = found[0 if model is names["models"][0] else 1]
        along = axes.components_[slider] * axes.explained_variance_[slider] ** 0.5
        return model.decoder(code + amount * torch.from_numpy(along).float())

    return {"move": move}


def by_singular_values(names):
    """Found anew in each call."""

    def move(model, code, slider, amount):
        codes = clouds(model, names["learned"].images)[0]
        _, values, rows = torch.linalg.svd(codes - codes.mean(dim=0), full_matrices=False)
        return model.decoder(code - amount * values[slider] / (len(codes) - 1) ** 0.5 * rows[slider])

    return {"move": move}


def by_sliders(axes, code, slider, amount):
    sliders = axes.sliders(code)
    sliders[:, slider] += amount
    return axes.code(sliders)


RIGHT = {
    "ours": lambda names: {},
    "scikit-learn": by_scikit_learn,
    "singular values": by_singular_values,
    "through all sliders": moving(by_sliders),
    "places for names": lambda names: {
        "most": torch.tensor([[JUDGED.index(name) for name in row] for row in names["most"]])
    },
    "names by slider": lambda names: {
        "most": {place: dict(enumerate(row)) for place, row in enumerate(names["most"])}
    },
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers):
    found = result(5, answers)
    assert found.solved, str(found)

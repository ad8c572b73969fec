"""Task 4: pairs of models, recipes and tables with a fault each, and right ones unlike ours."""

import copy
from dataclasses import make_dataclass
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from academy.lessons.lesson5.weights import lesson_vae
from face_models import axes_of, clouds, floats, numbers_of
from torch import nn


class Other(nn.Module):
    """A model whose encoder or decoder is changed."""

    def __init__(self, model, before=None, code=None, after=None):
        super().__init__()
        self.model, self.before, self.code, self.after = model, before, code, after

    def encoder(self, images):
        made = self.model.encoder(self.before(images) if self.before else images)
        return self.code(made) if self.code else made

    def decoder(self, codes):
        made = self.model.decoder(codes)
        return self.after(made) if self.after else made


def models(change):
    return lambda names: {"models": change(*names["models"])}


def second(**changes):
    return lambda names: {"models": [names["models"][0], Other(names["models"][1], **changes).eval()]}


def recipes(change):
    return lambda names: {"recipes": change(*names["recipes"])}


def cell(row, column, change):
    """A table with one number changed, a function of the number, the model and the names."""

    def answers(names):
        table = [list(each) for each in names["table"]]
        table[row][column] = change(table[row][column], names["models"][row], names)
        return {"table": table}

    return answers


def awake(first, other):
    return [first, copy.deepcopy(other).train()]


def untrained(first, other):
    torch.manual_seed(0)
    noise = copy.deepcopy(other)
    for layer in noise.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()
    return [first, noise]


def silent(names):
    """Two models whose codes say next to nothing of a face: both answer with the mean one."""
    mean_face = floats(names["learned"].images).mean(dim=0)

    def hushed(model, size):
        return Other(model, code=lambda made: size * made, after=lambda made: 0 * made + mean_face).eval()

    return {"models": [hushed(names["models"][0], 1e-3), hushed(names["models"][1], 1e-4)]}


class OfFour(nn.Module):
    """A model of four latents."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def encoder(self, images):
        mean, log_variance = self.model.encoder(images).chunk(2, dim=1)
        return torch.cat([mean[:, :4], log_variance[:, :4]], dim=1)

    def decoder(self, codes):
        return self.model.decoder(torch.nn.functional.pad(codes, (0, 28)))


def of_learned(value, model, names):
    return numbers_of(model, names | {"kept_back": names["learned"]})[1]


def of_one_error(value, model, names):
    images = names["kept_back"].images
    with torch.no_grad():
        made = model.decoder(clouds(model, images)[0])
    return -10 * np.log10(((made - floats(images)) ** 2).mean().item())


def of_kept_codes(value, model, names):
    return numbers_of(model, names | {"learned": names["kept_back"]})[2]


def of_the_eighth(value, model, names):
    axes = axes_of(model, names)
    return float(axes.variances[7] / axes.variances.sum())


def of_variances(value, model, names):
    return float(axes_of(model, names).variances[:8].sum())


def of_latents(value, model, names):
    variances = clouds(model, names["learned"].images)[0].var(dim=0).sort(descending=True).values
    return float(variances[:8].sum() / variances.sum())


def of_uncentered(value, model, names):
    squares = torch.linalg.svdvals(clouds(model, names["learned"].images)[0]) ** 2
    return float(squares[:8].sum() / squares.sum())


def swapped_models(names):
    return {"models": names["models"][::-1], "table": names["table"][::-1]}


WRONG = [
    (models(lambda first, other: first), "without two models that have `encoder` and `decoder`"),
    (models(lambda first, other: [first, nn.Identity()]), "without two models"),
    (models(lambda first, other: [first, nn.ModuleDict({"encoder": nn.Identity()})]), "without two models"),
    (models(lambda first, other: [first, first]), "Both models are one and the same"),
    (models(awake), "The second model is in training mode"),
    (models(lambda first, other: [first, copy.deepcopy(first)]), "does the training use what you change?"),
    (models(lambda first, other: [first, OfFour(other).eval()]), "has 4 latents"),
    (second(after=lambda made: made * torch.nan), "not finite"),
    (second(after=lambda made: made[..., :32]), "images of shape (4, 3, 64, 32)"),
    (second(code=lambda made: made[:, :20]), "`model.decoder(codes)` raised"),
    (recipes(lambda first, other: first), "without two recipes"),
    (recipes(lambda first, other: [1.0, 30.0]), "without two recipes"),
    (recipes(lambda first, other: [{"beta": 1}, {"beta": 2}]), "do not say seed and steps"),
    (recipes(lambda first, other: [first, dict(first)]), "Both recipes are the same"),
    (recipes(lambda first, other: [first, first | {"seed": 1}]), "else luck or time"),
    (recipes(lambda first, other: [first, other | {"steps": 400}]), "differ in steps: 250 and 400"),
    (recipes(lambda first, other: [first, other | {"rate": 1e-3}]), "differ in 2 things: rate, beta"),
    (recipes(lambda first, other: [first, first | {"latents": 64}]), "does what builds the models use it?"),
    (recipes(lambda first, other: [first, first | {"depth": 4}]), "weights of the same shapes"),
    (models(lambda first, other: [first, lesson_vae()]), "that is a second change"),
    (models(untrained), "the mean face alone has"),
    (silent, "all codes say the same"),
    (swapped_models, "are `models` in the order of `recipes`"),
    (lambda names: {"table": 3.0}, "without two rows of three numbers"),
    (lambda names: {"table": names["table"][:1]}, "without two rows of three numbers"),
    (lambda names: {"table": [row[:2] for row in names["table"]]}, "without two rows of three numbers"),
    (lambda names: {"table": names["table"][::-1]}, "in the other order"),
    (cell(0, 0, lambda value, model, names: value + 1), "from their mean codes: drawn ones blur"),
    (cell(0, 0, of_one_error), "asked is the mean of each face's PSNR"),
    (cell(1, 0, lambda value, model, names: -value), "without the sign"),
    (cell(0, 1, lambda value, model, names: value / 32), "the mean over the latents: sum them"),
    (cell(0, 1, lambda value, model, names: 2 * value), "the half is missing"),
    (cell(1, 1, lambda value, model, names: 100 * value), "summed over the faces"),
    (cell(0, 1, of_learned), "of the faces it learned from"),
    (cell(0, 2, lambda value, model, names: 100 * value), "a percentage"),
    (cell(1, 2, of_kept_codes), "those of the faces learned from"),
    (cell(0, 2, of_the_eighth), "the eighth component alone"),
    (cell(1, 2, of_variances), "that is a variance"),
    (cell(0, 2, of_latents), "asked are eight principal components"),
    (cell(1, 2, of_uncentered), "take the mean code away first"),
    (cell(1, 2, lambda value, model, names: float("nan")), "your table has nan"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(4, answers)
    assert not found.solved
    assert helps in str(found)


def named(names):
    """A dict of dicts, whose numbers have names and another order."""
    keys = ("psnr", "kl", "share_8")
    rows = [dict(reversed([*zip(keys, row)])) for row in names["table"]]
    return {"table": {"β = 1": rows[0], "β = 30": rows[1]}}


def as_records(names):
    """Recipes of a dataclass."""
    record = make_dataclass("Recipe", [*names["recipes"][0]])
    return {"recipes": tuple(record(**recipe) for recipe in names["recipes"])}


def no_modules(names):
    """Models that are no modules, but have encoder and decoder; the encoder gives a pair."""

    def plain(model):
        return SimpleNamespace(
            encoder=lambda images: tuple(model.encoder(images).chunk(2, dim=1)),
            decoder=model.decoder,
            parameters=model.parameters,
        )

    return {"models": tuple(plain(model) for model in names["models"])}


def another_size(names):
    """The second is the lesson's VAE: deeper, with more latents, and both say so in one word."""
    pair = [names["models"][0], lesson_vae()]
    common = {"seed": 0, "steps": 1000}
    return {
        "models": {"mine": pair[0], "lesson's": pair[1]},
        "recipes": [common | {"depth": 3}, common | {"depth": 4}],
        "table": np.array([numbers_of(model, names) for model in pair]),
    }


def another_loss(names):
    common = {"seed": 3, "steps": 10}
    return {"recipes": [common | {"loss": "MSE"}, common | {"loss": "log-MSE"}]}


RIGHT = {
    "rows with names": named,
    "a tensor": lambda names: {"table": torch.tensor(names["table"])},
    "rounded": lambda names: {"table": [[round(each, 2) for each in row] for row in names["table"]]},
    "recipes as records": as_records,
    "no modules": no_modules,
    "another size": another_size,
    "another loss": another_loss,
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers):
    found = result(4, answers)
    assert found.solved, str(found)

"""Task 1: class vectors and probabilities with a slip each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

pytestmark = pytest.mark.slow


@pytest.fixture
def result(checked, solving):
    """Checks functions, made from the encoders, with right ones in the place of those that are not given."""

    def check(answers, given_model):
        right = {"class_vectors": solving.class_vectors, "classify": solving.classify}
        return checked(1, **right | answers(given_model))

    return check


def vectors(make):
    """An answer to the first half: a function of the encoders, words and templates."""
    return lambda model: {"class_vectors": lambda words, templates: make(model, words, templates)}


def classes(make):
    """An answer to the second half: a function of the encoders, numbers and class vectors."""
    return lambda model: {"classify": lambda numbers, rows: make(model, numbers, rows)}


def prompts(words, templates):
    return [each.format(word) for word in words for each in templates]


def unit(rows):
    return F.normalize(rows, dim=1)


def by_word(model, words, templates):
    return unit(model.encode_text(prompts(words, templates))).unflatten(0, (len(words), len(templates)))


def chances_of(model, numbers, rows, scale=None):
    scale = model.scale if scale is None else scale
    return (scale * unit(model.encode_image(numbers)) @ rows.T).softmax(dim=1)


def answered(chances, dim=1):
    return chances.argmax(dim=dim), chances


def of_pictures_first(model, numbers, rows):
    chances = (model.scale * unit(model.encode_image(numbers)) @ rows.T).softmax(dim=0)
    return answered(chances)


def mixed(model, words, templates):
    rows = unit(model.encode_text([each.format(word) for each in templates for word in words]))
    return unit(rows.unflatten(0, (len(words), len(templates))).mean(dim=1))


WRONG = [
    (vectors(lambda model, words, templates: None), "`class_vectors` returns nothing"),
    (vectors(lambda model, words, templates: list(words)), "is a list"),
    (
        vectors(lambda model, words, templates: model.encode_text([templates[0].format(w) for w in words])),
        "`F.normalize(…, dim=1)`",
    ),
    (vectors(lambda *given: by_word(*given).mean(dim=1)), "make it a unit vector again"),
    (vectors(lambda *given: unit(by_word(*given).mean(dim=0))), "not over the words"),
    (
        vectors(lambda model, words, templates: unit(model.encode_text([templates[0]] * len(words)))),
        "do the prompts hold the word?",
    ),
    (
        vectors(lambda model, words, templates: unit(model.encode_text(list(words)))),
        "these are the words alone",
    ),
    (vectors(lambda *given: by_word(*given)[:, -1]), "take the mean over all"),
    (
        vectors(lambda model, words, templates: unit(model.encode_text(templates[0].format(words[0])))),
        "takes a list of texts, and got one text, 'tool'",
    ),
    (vectors(mixed), "texts of several classes are mixed"),
    (vectors(lambda *given: by_word(*given).mean(dim=1) * torch.nan), "without a direction"),
    (classes(lambda *given: None), "`classify` returns nothing"),
    (classes(lambda *given: chances_of(*given).argmax(dim=1)), "not two things"),
    (classes(lambda *given: answered(chances_of(*given))[::-1]), "the probabilities first"),
    (classes(lambda *given: (["bird"] * len(given[1]), chances_of(*given))), "not a word"),
    (classes(lambda *given: answered(chances_of(*given), dim=0)), "one class a picture"),
    (classes(lambda *given: answered(chances_of(*given).T, dim=0)), "a row a picture, a column a class"),
    (classes(of_pictures_first), "over the classes"),
    (classes(lambda *given: answered(chances_of(*given).log())), "not the logits themselves"),
    (classes(lambda *given: answered(chances_of(*given, scale=1))), "from the cosines alone"),
    (classes(lambda *given: answered(chances_of(*given, scale=1 / given[0].scale))), "multiply by"),
    (
        classes(
            lambda model, numbers, rows: answered(
                (model.scale * model.encode_image(numbers) @ rows.T).softmax(dim=1)
            )
        ),
        "the pictures' vectors have any length",
    ),
    (classes(lambda *given: (chances_of(*given).argmin(dim=1), chances_of(*given))), "The answers are"),
    (classes(lambda *given: (chances_of(*given).argmax(dim=1) + 1, chances_of(*given))), "counted from 0"),
    (classes(lambda *given: given[1] @ given[2].T), "raised RuntimeError"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, given, answers, helps):
    found = result(answers, given["model"])
    assert not found.solved
    assert helps in " ".join(str(found).split())


def in_loops(model, words, templates):
    """NumPy, a list of arrays."""
    rows = []
    for word in words:
        total = np.zeros(384)
        for template in templates:
            vector = model.encode_text([template.replace("{}", word)])[0].numpy()
            total += vector / np.linalg.norm(vector)
        rows.append(total / np.linalg.norm(total))
    return rows


def of_raw_vectors(model, words, templates):
    """The mean of vectors of any length: not what is asked, and as good."""
    return unit(model.encode_text(prompts(words, templates)).unflatten(0, (len(words), -1)).mean(dim=1))


def in_numpy(model, numbers, rows):
    pictures = model.encode_image(numbers).numpy()
    pictures = pictures / np.linalg.norm(pictures, axis=-1, keepdims=True)
    powers = np.exp(model.scale * pictures @ rows.numpy().T)
    chances = powers / powers.sum(axis=1, keepdims=True)
    return np.argmax(chances, axis=1), chances


def picture_by_picture(model, numbers, rows):
    """Lists of numbers, by cosines."""
    found = []
    for picture in model.encode_image(numbers):
        logits = [model.scale * F.cosine_similarity(picture, row, dim=0) for row in rows]
        found.append(torch.stack(logits).softmax(dim=0).tolist())
    return [row.index(max(row)) for row in found], found


RIGHT = {
    "loops and NumPy": vectors(in_loops),
    "the mean of raw vectors": vectors(of_raw_vectors),
    "in double precision": vectors(lambda *given: unit(by_word(*given).double().mean(dim=1))),
    "softmax by hand": classes(in_numpy),
    "picture by picture, in lists": classes(picture_by_picture),
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, given, answers):
    found = result(answers, given["model"])
    assert found.solved, str(found)

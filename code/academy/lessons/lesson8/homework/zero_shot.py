"""Task 1: classes written as texts, and pictures that get the class whose texts are nearest."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch.nn import functional as F

from academy.homework.given_values import tensor_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson8.homework.encoders import Encoders
from academy.lessons.lesson8.homework.picture_sets import PictureSet

WORDS = ("tool", "bird", "cloud", "meal")
"""Classes that are asked; none begins with a vowel, so nobody has to mind the article."""
TEMPLATES = ("{}", "a child's drawing of a {}", "the {} that a museum lost")
TRIED = 9
"""Pictures that are classified."""
ALIKE = 0.995
"""Cosine with our class vectors; that of raw vectors' means is above."""
NEAR = 1e-3


def unit_vectors(model: Encoders, texts: Sequence[str]) -> torch.Tensor:
    """Read texts, and make unit vectors: shape (count, width), float64."""
    return F.normalize(model.encode_text(list(texts)).double(), dim=1)


def ours(model: Encoders, words: Sequence[str], templates: Sequence[str]) -> torch.Tensor:
    """Give the mean of the unit vectors of each word's prompts, made a unit vector; (words, width)."""
    return F.normalize(mean_vectors(model, words, templates), dim=1)


def mean_vectors(model: Encoders, words: Sequence[str], templates: Sequence[str]) -> torch.Tensor:
    """Give the mean of the unit vectors of each word's prompts, shape (words, width)."""
    return torch.stack(
        [unit_vectors(model, [each.format(word) for each in templates]).mean(dim=0) for word in words]
    )


def classifies(class_vectors: Any, classify: Any, model: Any, test: PictureSet) -> Iterator[Finding]:
    """Ask for the vectors of classes that nobody has seen, and put pictures into these."""
    asked: list[tuple[Sequence[str], Sequence[str]]] = [
        (WORDS, TEMPLATES[:1]),
        (WORDS, TEMPLATES[1:2]),
        (WORDS[:3], TEMPLATES),
    ]
    for words, templates in asked:
        with calling(f"class_vectors({list(words)}, {list(templates)})"):
            given = class_vectors(list(words), list(templates))
        if found := vector_mistake(given, model, words, templates):
            yield found
            return
    yield right("a unit vector for each class, of one template and of the mean of several")
    for count, classes_asked in ((TRIED, 4), (1, 2)):
        words = WORDS[:classes_asked]
        numbers, classes = test.numbers[:count], ours(model, words, TEMPLATES).float()
        with calling(f"classify(numbers, classes) with {count} pictures and {len(words)} classes"):
            answer = classify(numbers.clone(), classes.clone())
        if found := answer_mistake(answer, model, numbers, classes):
            yield found
            return
    yield right("probabilities that sum to 1 over the classes, and the likeliest class")


def vector_mistake(
    given: Any, model: Encoders, words: Sequence[str], templates: Sequence[str]
) -> Finding | None:
    """Say what is wrong with the vectors of classes."""
    if given is None or given is ...:
        return wrong("`class_vectors` returns nothing.", "end it with `return`.")
    said = f"`class_vectors` of {len(words)} words and {len(templates)} templates"
    vectors, expected = tensor_in(given), ours(model, words, templates)
    if vectors is None:
        return wrong(f"{said} is a {type(given).__name__}.", "a tensor of shape (classes, width).")
    if vectors.shape != expected.shape:
        return wrong(
            f"{said} has shape {tuple(vectors.shape)}, not {tuple(expected.shape)}.",
            "one row a class: take the mean over the templates, not over the words.",
        )
    lengths = vectors.norm(dim=1)
    if not bool(vectors.isfinite().all()) or lengths.min() == 0:
        return wrong(f"{said} has a row without a direction.", "are there numbers in it, and not all 0?")
    if len(words) > 1 and (vectors - vectors[0]).abs().max() < NEAR:
        return wrong(
            f"{said} has the same row for each class.",
            "do the prompts hold the word? `filled(template, word)` puts it in.",
        )
    cosines = (F.normalize(vectors, dim=1) * expected).sum(dim=1)
    if cosines.min() < ALIKE:
        worst = int(cosines.argmin())
        return wrong(
            f"The row of “{words[worst]}” has a cosine of {cosines[worst]:.3f} with the mean of its "
            f"{len(templates)} prompts, not 1.",
            look_for_vectors(F.normalize(vectors, dim=1), model, words, templates),
        )
    if (lengths - 1).abs().max() > NEAR:
        mean_length = mean_vectors(model, words, templates).norm(dim=1)
        is_mean = len(templates) > 1 and bool((lengths - mean_length).abs().max() < NEAR)
        return wrong(
            f"Rows of {said} have lengths of {lengths.min():.3f} to {lengths.max():.3f}, not 1.",
            "the mean of unit vectors is shorter than they are: make it a unit vector again."
            if is_mean
            else "`F.normalize(…, dim=1)`: a dot product is a cosine of unit vectors alone.",
        )
    return None


def look_for_vectors(
    vectors: torch.Tensor, model: Encoders, words: Sequence[str], templates: Sequence[str]
) -> str:
    """Say which mistake gives these vectors."""

    def is_like(others: torch.Tensor) -> bool:
        return bool((vectors * others).sum(dim=1).min() > ALIKE)

    if is_like(ours(model, words, ["{}"])):
        return "these are the words alone: `filled(template, word)` for each of `templates`."
    if len(templates) > 1 and any(is_like(ours(model, words, [each])) for each in templates):
        return "this is one of the templates: take the mean over all."
    rows = unit_vectors(model, [each.format(word) for each in templates for word in words])
    if is_like(F.normalize(rows.unflatten(0, (len(words), -1)).mean(dim=1), dim=1)):
        return "texts of several classes are mixed: the rows of one word are not next to each other."
    return "for each word: all its prompts, their unit vectors, the mean of these, a unit vector again."


def answer_mistake(
    answer: Any, model: Encoders, numbers: torch.Tensor, classes: torch.Tensor
) -> Finding | None:
    """Say what is wrong with the classes of pictures and with their probabilities."""
    if answer is None or answer is ...:
        return wrong("`classify` returns nothing.", "end it with `return answers, chances`.")
    try:
        first, second = answer
    except (TypeError, ValueError):
        return wrong(
            f"`classify` returns a {type(answer).__name__}, not two things.", "`return answers, chances`."
        )
    answers, chances = tensor_in(first), tensor_in(second)
    if answers is None or chances is None:
        return wrong(
            f"`classify` returns a {type(first).__name__} and a {type(second).__name__}.",
            "two tensors; an answer is a place in the list of classes, not a word.",
        )
    count, wanted = len(numbers), (len(numbers), len(classes))
    if answers.shape == wanted and chances.shape == (count,):
        return wrong("`classify` returns the probabilities first.", "`return answers, chances`.")
    if chances.shape != wanted:
        return wrong(
            f"Of {count} pictures and {len(classes)} classes, `chances` has shape {tuple(chances.shape)}.",
            f"a row a picture, a column a class: {wanted}; `pictures @ classes.T`.",
        )
    if answers.shape != (count,):
        return wrong(
            f"Of {count} pictures and {len(classes)} classes, `answers` has shape {tuple(answers.shape)}.",
            f"one class a picture, ({count},): `argmax(dim=1)`, over the classes.",
        )
    return chance_mistake(answers, chances, model, numbers, classes)


def chance_mistake(
    answers: torch.Tensor,
    chances: torch.Tensor,
    model: Encoders,
    numbers: torch.Tensor,
    classes: torch.Tensor,
) -> Finding | None:
    """Say what is wrong with numbers that have the right shape."""
    raw = model.encode_image(numbers).double()
    cosines = F.normalize(raw, dim=1) @ classes.double().T
    expected = (model.scale * cosines).softmax(dim=1)
    sums = chances.sum(dim=1)
    if not (sums - 1).abs().max() < NEAR:
        over_pictures = len(numbers) > 1 and (chances.sum(dim=0) - 1).abs().max() < NEAR
        return wrong(
            f"The probabilities of the first picture sum to {sums[0]:.3f}, not 1.",
            "those of a class over all pictures do: `softmax(dim=1)`, over the classes."
            if over_pictures
            else "`softmax(dim=1)` of the logits, not the logits themselves.",
        )
    apart = (chances - expected).abs()
    if not apart.max() < NEAR:
        picture, label = divmod(int(apart.argmax()), apart.shape[1])
        return wrong(
            f"Picture {picture} has a probability of {chances[picture, label]:.3f} for class {label}; "
            f"it should have {expected[picture, label]:.3f}.",
            look_for_chances(chances, model, raw, cosines, classes),
        )
    if answers.tolist() != expected.argmax(dim=1).tolist():
        return wrong(
            f"The answers are {answers.int().tolist()}, the likeliest classes "
            f"{expected.argmax(dim=1).tolist()}.",
            "`chances.argmax(dim=1)`, counted from 0.",
        )
    return None


def look_for_chances(
    chances: torch.Tensor,
    model: Encoders,
    raw: torch.Tensor,
    cosines: torch.Tensor,
    classes: torch.Tensor,
) -> str:
    """Say which mistake gives these probabilities."""

    def is_like(logits: torch.Tensor) -> bool:
        return bool((chances - logits.softmax(dim=1)).abs().max() < NEAR)

    dots = raw @ classes.double().T
    if is_like(cosines):
        return "these come from the cosines alone: multiply them by `model.scale` first."
    if is_like(cosines / model.scale):
        return "multiply by `model.scale`: it is 1 divided by the temperature already."
    if is_like(dots) or is_like(model.scale * dots):
        return "the pictures' vectors have any length: make them unit vectors, `F.normalize(…, dim=1)`."
    return "`(model.scale * cosines).softmax(dim=1)`, with unit vectors of pictures and classes."

"""Task 6: an app that is given words and answers with the nearest pictures."""

import tempfile
from collections.abc import Iterator
from typing import Any

import torch

from academy.homework.app_answers import NEAR, place_of, says
from academy.homework.app_at_rest import app_mistakes, made
from academy.homework.running_app import Answer, Refused, Running, quiet
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson8.homework.encoders import Encoders
from academy.lessons.lesson8.homework.labels import unit_vectors
from academy.lessons.lesson8.homework.picture_sets import PictureSet
from academy.lessons.lesson8.homework.search import query

SHOWN = 5
"""Pictures that an app shows, where it is asked for no other number."""
QUERIES = ("an animal with wings", "something to play with")
EMPTY = {"": "no words", "   ": "three blanks"}


def answers(make_app: Any, model: Encoders, test: PictureSet) -> Iterator[Finding]:
    """Make the app, start it for this machine alone, and send it words as a browser does."""
    with tempfile.TemporaryDirectory() as place, quiet(place):
        with calling("make_app()"):
            app, launched = made(make_app)
        found = list(app_mistakes(app, launched))
        if found:
            yield from found
            return
        with calling("make_app().launch()"):
            running = Running(app, place, "Textbox")
        try:
            yield from asked(running, model, test)
        finally:
            running.close()


def asked(running: Running, model: Encoders, test: PictureSet) -> Iterator[Finding]:
    """Send two queries, and none."""
    if running.endpoint is None:
        yield wrong("The app takes no words.", "an input `gr.Textbox()` of a function that answers.")
        return
    gallery = unit_vectors(model, test).double()
    for words in QUERIES:
        try:
            answer = running.ask(words)
        except Refused as error:
            yield wrong(
                f"Asked for “{words}”, the app answers with an error: {error}.",
                "call the function alone with a text. A gallery takes pairs of an array of shape "
                "(height, width, 3) and a caption.",
            )
            return
        if found := answer_mistake(answer, words, gallery @ query(model, words, ""), test):
            yield found
            return
    yield right(f"words are answered with {SHOWN} pictures or more, the nearest first, with name and score")
    for words, called in EMPTY.items():
        if found := empty_mistake(running, words, called):
            yield found
            return
    yield right("without words there is a sentence that says what to do")


def empty_mistake(running: Running, words: str, called: str) -> Finding | None:
    """Say why an app has no sentence for somebody who gave no words."""
    look = '`raise gr.Error("…")` with a sentence for people, where `words.strip()` is empty.'
    try:
        shown = len(running.ask(words).pictures)
    except Refused as error:
        if error.is_meant and len(str(error).split()) > 1:
            return None
        return wrong(f"Given {called}, the app fails: {error}.", look)
    return wrong(f"Given {called}, the app answers with {shown} pictures.", look)


def answer_mistake(answer: Answer, words: str, cosines: torch.Tensor, test: PictureSet) -> Finding | None:
    """Say what is wrong with the pictures that an app shows, or with what stands below them.

    Args:
        answer: What the app gave.
        words: What it was asked.
        cosines: Of the words with each picture, shape (count,).
        test: The pictures.
    """
    if len(answer.pictures) < SHOWN:
        return wrong(
            f"Pictures in the answer of the app: {len(answer.pictures)}, not {SHOWN}.",
            "a `gr.Gallery` takes a list of (picture, caption); a slider for k needs `value=5`.",
        )
    shown = [place_of(each.file, test.images) for each in answer.pictures[:SHOWN]]
    best = cosines.topk(SHOWN).values.tolist()
    for number, (place, wanted, picture) in enumerate(zip(shown, best, answer.pictures), 1):
        if place is None:
            return wrong(
                f"Picture {number} of the answer is none of `test`.",
                "show `test.images[place]` as it is, channels last: `.permute(1, 2, 0).numpy()`.",
            )
        cosine, text = cosines[place].item(), picture.caption or answer.text
        if abs(cosine - wanted) > NEAR:
            return wrong(
                f"Asked for “{words}”, picture {number} of the answer is {test.names[place]}, with a cosine "
                f"of {cosine:.2f}; the one that belongs there has {wanted:.2f}.",
                "`search(words, k)` with the words that were sent, in the order found.",
            )
        if test.names[place].casefold() not in text.casefold():
            return wrong(
                f"Picture {number} of the answer is {test.names[place]}; its caption says {text!r}.",
                "`test.names[place]` in the caption, for the place of each picture.",
            )
        if not says(text, cosine):
            return wrong(
                f"Picture {number} of the answer has a cosine of {cosine:.2f}; its caption says {text!r}.",
                'the score in the caption, as in `f"{score:.2f}"`.',
            )
    return None

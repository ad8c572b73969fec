"""Task 6: an app that is given a picture and answers with the most alike ones."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from academy.homework.app_answers import NEAR, place_of, says
from academy.homework.app_at_rest import app_mistakes, made
from academy.homework.given_values import tensor_in
from academy.homework.running_app import Answer, Refused, Running, quiet
from academy.homework.tasks import Finding, calling, right, wrong

SHOWN = 5
"""Pictures that an app shows, where it is asked for no other number."""


def answers(
    make_app: Any, features_of: Any, index: Any, reference: Any, queries: Any, kinds: Any
) -> Iterator[Finding]:
    """Make the app, start it for this machine alone, and send it pictures as a browser does."""
    with tempfile.TemporaryDirectory() as place, quiet(place):
        with calling("make_app()"):
            app, launched = made(make_app)
        found = list(app_mistakes(app, launched))
        if found:
            yield from found
            return
        drawings = queries.images[[3, len(queries.images) // 2]]
        with calling("make_app().launch()"):
            running = Running(app, place, "Image")
        try:
            yield from asked(running, Path(place), drawings, features_of, index, reference, kinds)
        finally:
            running.close()


def asked(
    running: Running,
    place: Path,
    drawings: torch.Tensor,
    features_of: Any,
    index: Any,
    reference: Any,
    kinds: Sequence[str],
) -> Iterator[Finding]:
    """Send a drawing, one on a transparent ground, and none at all."""
    if running.endpoint is None:
        yield wrong(
            "The app takes no picture.", 'an input `gr.Image(type="pil")` of a function that answers.'
        )
        return
    features, known = tensor_in(features_of(drawings)), tensor_in(index)
    if features is None or known is None:
        yield wrong("`features_of` or `index` holds no numbers.", "solve Task 3 first.")
        return
    for number, (drawing, cosines) in enumerate(zip(drawings, features @ known.T)):
        file = place / f"{number}.png"
        written(drawing, is_transparent=number == 1).save(file)
        try:
            answer = running.ask(file)
        except Refused as error:
            yield wrong(
                f"Given a picture, the app answers with an error: {error}.",
                'your function gets an array unless you write `gr.Image(type="pil")`, and a gallery takes '
                "arrays of shape (height, width, 3). Call the function alone with what it gets.",
            )
            return
        found = list(answer_mistakes(answer, cosines, reference, kinds))
        if found and number == 1:
            yield wrong(
                f"{found[0].text} That picture has transparent parts; on white it would be answered rightly.",
                '`gr.Image(type="pil", image_mode=None)`: else Gradio drops which parts are transparent, '
                "before `prepare` sees it.",
            )
        if found and number == 0:
            yield from found
        if found:
            return
    yield right(f"a picture is answered with {SHOWN} or more, the most alike first, each with kind and score")
    try:
        shown = len(running.ask(None).pictures)
        if shown:
            yield wrong(
                f"Without a picture, the app answers with {shown} pictures.",
                '`raise gr.Error("…")` with a sentence for people, where the picture is `None`.',
            )
            return
    except Refused as error:
        if not error.is_meant or len(str(error).split()) < 2:
            yield wrong(
                f"Without a picture, the app fails: {error}.",
                '`raise gr.Error("…")` with a sentence for people, where the picture is `None`.',
            )
            return
    yield right("without a picture there is no traceback")


def written(drawing: torch.Tensor, is_transparent: bool) -> Image.Image:
    """Make a PIL picture of a drawing; where it is white, transparent, if so asked."""
    pixels = drawing.permute(1, 2, 0)  # (height, width, 3)
    if not is_transparent:
        return Image.fromarray(pixels.numpy())
    visible = (pixels < 255).any(dim=2, keepdim=True)
    return Image.fromarray(torch.cat([pixels * visible, 255 * visible], dim=2).to(torch.uint8).numpy())


def answer_mistakes(
    answer: Answer, cosines: torch.Tensor, reference: Any, kinds: Sequence[str]
) -> Iterator[Finding]:
    """Say what is wrong with the pictures that an app shows, or with what stands below them.

    Args:
        answer: What the app gave.
        cosines: Of the picture sent with each of the reference set, shape (count,).
        reference: The reference set.
        kinds: Names of the kinds.
    """
    if len(answer.pictures) < SHOWN:
        yield wrong(
            f"Pictures in the answer of the app: {len(answer.pictures)}, not {SHOWN}.",
            "a `gr.Gallery` takes a list of (picture, caption); a slider for k needs `value=5`.",
        )
        return
    shown = [place_of(each.file, reference.images) for each in answer.pictures[:SHOWN]]
    if None in shown:
        yield wrong(
            f"Picture {shown.index(None) + 1} of the answer is none of the reference set.",
            "show `reference.images[place]` as it is, from 0 to 255 and channels last: "
            "`.permute(1, 2, 0).numpy()`.",
        )
        return
    places = [place for place in shown if place is not None]
    best = cosines.topk(SHOWN).values
    for number, (place, wanted) in enumerate(zip(places, best.tolist())):
        if abs(cosines[place].item() - wanted) > NEAR:
            yield wrong(
                f"Picture {number + 1} of the answer has a cosine of {cosines[place]:.2f} with the one sent; "
                f"the one that belongs there has {wanted:.2f}.",
                "`search(features_of([picture])[0], index, k)` with the picture that was sent, "
                "in the order found.",
            )
            return
    yield from caption_mistakes(
        answer, cosines[places], [kinds[int(reference.labels[each])] for each in places]
    )


def caption_mistakes(answer: Answer, cosines: torch.Tensor, names: Sequence[str]) -> Iterator[Finding]:
    """Say where kind or score of a shown picture is written nowhere, or another."""
    for number, (each, cosine, name) in enumerate(zip(answer.pictures, cosines.tolist(), names)):
        text = each.caption or answer.text
        if name.lower() not in text.lower():
            yield wrong(
                f"Picture {number + 1} of the answer is of the kind {name}; its caption says {text!r}.",
                "`kinds[reference.labels[place]]` in the caption, for the place of each picture.",
            )
            return
        if not says(text, cosine):
            yield wrong(
                f"Picture {number + 1} of the answer has a cosine of {cosine:.2f}; "
                f"its caption says {text!r}.",
                'the score in the caption, as in `f"{score:.2f}"`.',
            )
            return

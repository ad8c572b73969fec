"""Task 6: apps with a fault each, started and asked as a browser does, and right ones unlike ours."""

import gradio as gr
import numpy as np
import pytest
import torch
from PIL import Image


def pairs(names, picture, k=5):
    """What the solution's app shows: pictures and captions."""
    scores, places = names["search"](names["features_of"]([picture])[0], names["index"], int(k))
    return [
        (drawing(names, place), f"{names['kinds'][names['reference'].labels[place]]}, {score:.2f}")
        for score, place in zip(scores.tolist(), places.tolist())
    ]


def drawing(names, place):
    return names["reference"].images[place].permute(1, 2, 0).numpy()


def app(answer, inputs=None, outputs=None, **settings):
    """Answers to Task 6: an interface around a function of names and picture."""

    def answers(names):
        def given(picture, *others):
            return answer(names, picture, *others)

        def make_app():
            return gr.Interface(
                given,
                inputs() if inputs else gr.Image(type="pil", image_mode=None),
                outputs() if outputs else gr.Gallery(),
                flagging_mode="never",
                **settings,
            )

        return {"make_app": make_app}

    return answers


def guarded(names, picture, *others):
    if picture is None:
        raise gr.Error("Give a picture first.")
    return pairs(names, picture, *others)


def made(make):
    return lambda names: {"make_app": lambda: make(names)}


def launching(**settings):
    def make(names):
        with gr.Blocks() as blocks:
            gr.Image()
        blocks.launch(**settings)
        return blocks

    return made(make)


def changed(change):
    """An app whose gallery is changed, a function of names and its pairs."""
    return app(lambda names, picture: change(names, guarded(names, picture)))


def always_the_same(names, picture):
    return pairs(names, Image.fromarray(drawing(names, 0)))


def with_a_slip(names, picture):
    return pairs(names, picture.no_such_thing)


def silent(names, picture):
    if picture is None:
        raise gr.Error("")
    return pairs(names, picture)


def white_for_none(names, picture):
    return pairs(names, picture or Image.new("RGB", (96, 96), "white"))


WRONG = [
    (made(lambda names: None), "`make_app` returns nothing"),
    (made(lambda names: "http://127.0.0.1:7860"), "returns a str, nothing that can be launched"),
    (launching(), "`make_app` starts the app."),
    (launching(share=True), "a public link to your machine"),
    (app(guarded, analytics_enabled=True), "reports its use to Gradio"),
    (app(lambda names, text: [], inputs=gr.Textbox), "The app takes no picture"),
    (app(lambda names, picture: None), "Pictures in the answer of the app: 0, not 5"),
    (changed(lambda names, found: found[:1]), "Pictures in the answer of the app: 1, not 5"),
    (
        app(guarded, inputs=lambda: [gr.Image(type="pil", image_mode=None), gr.Slider(1, 12, step=1)]),
        "a slider for k needs `value=5`",
    ),
    (changed(lambda names, found: found[::-1]), "Picture 1 of the answer has a cosine of"),
    (changed(lambda names, found: found[1:] + found[:1]), "the one that belongs there"),
    (changed(lambda names, found: [(picture, "") for picture, _ in found]), "its caption says ''"),
    (
        changed(lambda names, found: [(picture, text.split(",")[0]) for picture, text in found]),
        "the score in the caption",
    ),
    (
        changed(lambda names, found: [(picture, text.split(",")[1]) for picture, text in found]),
        "is of the kind",
    ),
    (
        changed(lambda names, found: [(picture, f"{text.split(',')[0]}, 0.99") for picture, text in found]),
        "the score in the caption",
    ),
    (
        changed(lambda names, found: [(255 - picture, text) for picture, text in found]),
        "none of the reference",
    ),
    (app(always_the_same), "with the picture that was sent"),
    (app(guarded, inputs=lambda: gr.Image(type="pil")), "image_mode=None"),
    (app(lambda names, picture: pairs(names, picture)), "Without a picture, the app fails"),
    (app(with_a_slip), "AttributeError"),
    (app(silent), "Without a picture, the app fails"),
    (app(white_for_none), "Without a picture, the app answers with 5 pictures"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(6, answers)
    assert not found.solved
    assert helps in " ".join(str(found).split())


def blocks_with_a_button(names):
    with gr.Blocks() as blocks:
        picture = gr.Image(type="filepath", image_mode=None)
        count = gr.Number(7)
        button = gr.Button("Search")
        shown = gr.Gallery()

        def answer(path, k):
            if path is None:
                return []
            return pairs(names, Image.open(path), k)

        button.click(answer, [picture, count], shown)
    return blocks


def with_unnamed_event(names):
    """An event that the API has no name for: the picture's own, as soon as one is there."""
    with gr.Blocks() as blocks:
        picture = gr.Image(type="pil", image_mode="RGBA")
        shown = gr.Gallery(columns=5)
        picture.change(lambda given: guarded(names, given), picture, shown)
    return blocks


def five_images_and_a_text(names, picture):
    """No gallery: pictures of their own, and a line that says all kinds and scores."""
    if picture is None:
        raise gr.Error("Give a picture first.")
    found = pairs(names, picture)
    return *[Image.fromarray(each) for each, _ in found], "; ".join(text for _, text in found)


def in_percent(names, picture, k):
    if picture is None:
        return []
    scores, places = names["search"](names["features_of"]([picture])[0], names["index"], int(k))
    captions = [
        f"{100 * score:.0f}% {names['kinds'][names['reference'].labels[place]].upper()}"
        for score, place in zip(scores, places)
    ]
    return [
        (Image.fromarray(np.repeat(np.repeat(drawing(names, place), 2, 0), 2, 1)), caption)
        for place, caption in zip(places, captions)
    ]


RIGHT = {
    "without a slider": app(guarded),
    "Blocks and a button": made(blocks_with_a_button),
    "Blocks and an event": made(with_unnamed_event),
    "five images and a text": app(
        five_images_and_a_text, outputs=lambda: [*[gr.Image() for _ in range(5)], gr.Textbox()]
    ),
    "in percent, twice as large": app(
        in_percent,
        inputs=lambda: [gr.Image(type="pil", image_mode=None), gr.Slider(1, 9, value=6, step=1)],
    ),
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers):
    found = result(6, answers)
    assert found.solved, str(found)


def test_nothing_goes_on_running_after_the_check(result, names):
    kept = []

    def make_app():
        kept.append(names["make_app"]())
        return kept[0]

    assert result(6, lambda names: {"make_app": make_app}).solved
    assert not kept[0].is_running
    assert kept[0].share_url is None
    assert kept[0].local_url.startswith("http://127.0.0.1:")
    assert torch.is_tensor(names["index"])

"""Task 6: apps with a fault each, started and asked as a browser does, and right ones unlike ours."""

import gradio as gr
import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.slow


@pytest.fixture
def result(checked, given, solving):
    """Checks an app that is made of a function ``pairs``, which gives pictures and captions."""

    def pairs(words, k=5):
        scores, places = (solving.gallery @ solving.text_vectors([words])[0]).topk(int(k))
        test = given["test"]
        return [
            (test.images[place].permute(1, 2, 0).numpy(), f"{test.names[place]}, {score:.2f}")
            for score, place in zip(scores.tolist(), places.tolist())
        ]

    return lambda make: checked(6, make_app=lambda: make(pairs))


def app(answer, inputs=gr.Textbox, outputs=gr.Gallery, **settings):
    """Makes an interface around a function of ``pairs`` and the words."""

    def make(pairs):
        return gr.Interface(
            lambda words, *others: answer(pairs, words, *others),
            inputs(),
            outputs(),
            flagging_mode="never",
            **settings,
        )

    return make


def guarded(pairs, words, *others):
    if not words.strip():
        raise gr.Error("Write what to look for.")
    return pairs(words, *others)


def changed(change):
    """An app whose gallery is changed."""
    return app(lambda pairs, words: change(guarded(pairs, words)))


def launching(**settings):
    def make(pairs):
        with gr.Blocks() as blocks:
            gr.Textbox()
        blocks.launch(**settings)
        return blocks

    return make


def captions_moved(found):
    return [(picture, text) for (picture, _), (_, text) in zip(found, found[1:] + found[:1])]


def silent(pairs, words):
    if not words.strip():
        raise gr.Error("")
    return pairs(words)


def of_nothing(pairs, words):
    if not words:
        raise gr.Error("Write what to look for.")
    return pairs(words)


WRONG = [
    (lambda pairs: None, "`make_app` returns nothing"),
    (launching(), "`make_app` starts the app."),
    (launching(share=True), "a public link to your machine"),
    (app(lambda pairs, picture: [], inputs=gr.Image), "The app takes no words"),
    (app(lambda pairs, words: pairs(words.no_such_thing)), "AttributeError"),
    (changed(lambda found: found[:3]), "Pictures in the answer of the app: 3, not 5"),
    (changed(lambda found: found[::-1]), "the one that belongs there has"),
    (changed(captions_moved), "for the place of each picture"),
    (changed(lambda found: [(picture, text.split(",")[0]) for picture, text in found]), "the score in the"),
    (changed(lambda found: [(255 - picture, text) for picture, text in found]), "none of `test`"),
    (app(lambda pairs, words: pairs("a vehicle")), "with the words that were sent"),
    (app(lambda pairs, words: pairs(words)), "Given no words, the app answers with 5 pictures"),
    (
        app(lambda pairs, words: pairs(words) if words.strip() else pairs(words[0])),
        "Given no words, the app fails",
    ),
    (app(silent), "Given no words, the app fails"),
    (app(of_nothing), "Given three blanks, the app answers"),
]


@pytest.mark.parametrize(("make", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, make, helps):
    found = result(make)
    assert not found.solved
    assert helps in " ".join(str(found).split())


def blocks_with_a_button(pairs):
    with gr.Blocks() as blocks:
        words = gr.Textbox("a cat", lines=2)
        without = gr.Textbox()
        button = gr.Button("Search")
        shown = gr.Gallery()

        def answer(text, other):
            assert other == ""
            return guarded(pairs, text)

        button.click(answer, [words, without], shown)
    return blocks


def on_enter(pairs):
    with gr.Blocks() as blocks:
        words = gr.Textbox()
        shown = gr.Gallery(columns=3)
        words.submit(lambda given: guarded(pairs, given, 7), words, shown)
    return blocks


def five_images_and_a_text(pairs, words):
    found = guarded(pairs, words)
    return *[Image.fromarray(each) for each, _ in found], "; ".join(text for _, text in found)


def in_percent(pairs, words, k):
    return [
        (
            np.repeat(np.repeat(picture, 2, 0), 2, 1),
            f"{100 * float(text.split(', ')[1]):.0f} % {text.upper()}",
        )
        for picture, text in guarded(pairs, words, k)
    ]


RIGHT = {
    "an interface": app(guarded),
    "Blocks, a button and a second text": blocks_with_a_button,
    "on Enter, seven": on_enter,
    "five images and a text": app(
        five_images_and_a_text, outputs=lambda: [*[gr.Image() for _ in range(5)], gr.Textbox()]
    ),
    "in percent, twice as large": app(
        in_percent, inputs=lambda: [gr.Textbox(), gr.Slider(1, 9, value=6, step=1)]
    ),
}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, make):
    found = result(make)
    assert found.solved, str(found)

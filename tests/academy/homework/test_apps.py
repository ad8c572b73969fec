"""What checks of apps share: an app at rest, one that runs and is asked, and what its answers show."""

import gradio as gr
import numpy as np
import pytest
import torch
from academy.homework.app_answers import place_of, says
from academy.homework.app_at_rest import app_mistakes, made
from academy.homework.running_app import Refused, Running, quiet
from PIL import Image


@pytest.mark.parametrize(
    ("text", "score", "stands_there"),
    [
        ("cat, 0.31", 0.312, True),
        ("cat, 0.31", 0.33, False),
        ("31 % cat", 0.312, True),
        ("cat −0.05", -0.05, True),
        ("no. 7: cat", 0.31, False),
        ("", 0.0, False),
    ],
)
def test_a_score_is_found_in_a_text(text, score, stands_there):
    assert says(text, score) is stands_there


@pytest.fixture
def images():
    """Five pictures of large blocks in random colors."""
    blocks = torch.randint(0, 256, (5, 3, 4, 4), generator=torch.Generator().manual_seed(0))
    return blocks.to(torch.uint8).repeat_interleave(24, 2).repeat_interleave(24, 3)


def test_a_picture_is_known_again_in_another_size_and_format(images, tmp_path):
    picture = Image.fromarray(images[3].permute(1, 2, 0).numpy())
    picture.resize((60, 60)).save(tmp_path / "small.jpg")
    assert place_of(tmp_path / "small.jpg", images) == 3


def test_a_picture_of_something_else_is_none_of_them(images, tmp_path):
    Image.fromarray(255 - images[3].permute(1, 2, 0).numpy()).save(tmp_path / "other.png")
    assert place_of(tmp_path / "other.png", images) is None


def test_an_app_that_was_launched_meanwhile_is_noticed_and_not_started():
    def make():
        app = gr.Interface(str, "text", "text")
        app.launch(share=True)
        return app

    app, launched = made(make)
    assert not app.is_running
    (found,) = app_mistakes(app, launched)
    assert "a public link to your machine" in found.text


def test_what_is_no_app_is_told_so():
    assert "returns nothing" in next(app_mistakes(None, [])).text
    assert "returns a int" in next(app_mistakes(3, [])).text
    assert not list(app_mistakes(gr.Interface(str, "text", "text", analytics_enabled=False), []))


@pytest.mark.slow
def test_an_app_is_asked_by_what_it_takes(tmp_path):
    def answer(words, more):
        if not words:
            raise gr.Error("Say something first.")
        return [(np.zeros((8, 8, 3), np.uint8), f"{words}{more}!")]

    with quiet(str(tmp_path)):
        running = Running(gr.Interface(answer, ["text", "text"], gr.Gallery()), str(tmp_path), "Textbox")
        try:
            (picture,) = running.ask("hello").pictures
            assert picture.caption == "hello!"
            with pytest.raises(Refused, match="Say something first") as refused:
                running.ask("")
            assert refused.value.is_meant
        finally:
            running.close()
        assert not running.app.is_running
        running = Running(gr.Interface(answer, ["text", "text"], gr.Gallery()), str(tmp_path), "Image")
        running.close()
        assert running.endpoint is None

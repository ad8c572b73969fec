"""The page: a picture goes in, its neighbors come out, and each of them leads to its own."""

from html import escape
from typing import Any

import gradio as gr

from academy.apps.page import ONE_AT_A_TIME, UNOPENED, page, picture_input
from academy.apps.pictures import markup
from academy.apps.similar.desk import FEWEST, MOST, USUAL, Desk
from academy.apps.similar.engine import Engine

TITLE = "Find similar pictures"


def build(engine: Engine) -> gr.Blocks:
    """Make the page.

    Args:
        engine: What finds.
    """
    desk = Desk(engine)
    built = page(TITLE)
    with built:
        gr.HTML(
            f"<h1>{TITLE}</h1><p>Give a picture, and see its nearest neighbors among "
            f"{escape(engine.description)}. Press one of them to see its own.</p>",
            apply_default_css=False,
        )
        with gr.Row():
            with gr.Column(scale=2, min_width=280):
                picture = picture_input("Your picture")
                count = gr.Slider(FEWEST, MOST, USUAL, step=1, label="Neighbors")
                backbones = gr.CheckboxGroup(
                    [(title, name) for name, title in engine.titles.items()],
                    value=list(engine.titles),
                    label="Compare",
                    visible=len(engine.titles) > 1,
                )
            with gr.Column(scale=5, min_width=280):
                found = gr.HTML(
                    desk.welcome,
                    css_template=markup.STYLE,
                    js_on_load=markup.ON_LOAD,
                    apply_default_css=False,
                )
        gr.HTML(
            desk.quality + markup.skipped(engine.skipped) + markup.credits(engine.credits),
            apply_default_css=False,
        )

        trail = gr.State([])
        settings = [picture, count, backbones, trail]
        private: dict[str, Any] = {**UNOPENED, **ONE_AT_A_TIME, "api_visibility": "private"}
        picture.change(
            desk.begin,
            [picture, count, backbones],
            [found, trail],
            api_name="similar",
            **UNOPENED,
            **ONE_AT_A_TIME,
        )
        found.select(desk.go, settings, [found, trail], **private)
        gr.on([count.change, backbones.change], desk.answer, settings, found, **private)
    return built

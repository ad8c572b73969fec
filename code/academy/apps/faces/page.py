"""The page: a face stands beside its sliders, and follows them."""

from typing import Any

import gradio as gr

from academy.apps.faces import markup
from academy.apps.faces.collection import Collection
from academy.apps.faces.desk import Desk
from academy.apps.faces.scene import FARTHEST
from academy.apps.page import ONE_AT_A_TIME, UNOPENED, page, picture_input
from academy.lessons.lesson5.sliders import COUNT

TITLE = "Faces on sliders"
STYLE = """
<style>
.gradio-container { overflow: clip !important; }
.gradio-container .html-container { padding: 0 !important; }
.studio .stage {
  position: sticky !important; top: 0; z-index: 50; padding: 0.5rem 0;
  background: var(--body-background-fill);
}
.studio .choice { align-items: flex-end; }
.studio .sliders > .form { display: grid; width: 100%; grid-template-columns: repeat(2, minmax(0, 1fr)); }
@media (max-width: 48rem) { html { scroll-padding-top: 17rem; } }
</style>
"""
"""What is the whole page's. The face stays in view while its sliders move, on a phone above them; for this
the page, which Gradio makes one that scrolls, must clip instead; what the keyboard reaches stops below it."""
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""For each listener: it is the page's own, and answers too fast for a sign of waiting."""


def build(collection: Collection) -> gr.Blocks:
    """Make the page.

    Args:
        collection: The runs that can be chosen.
    """
    desk = Desk(collection)
    built = page(TITLE)
    with built:
        gr.HTML(
            f"{STYLE}<h1>{TITLE}</h1><p>A variational autoencoder has learned to draw faces from a few "
            "numbers. Move the directions in which these vary most.</p>",
            apply_default_css=False,
        )
        with gr.Row(elem_classes="studio"):
            with gr.Column(scale=4, min_width=300, elem_classes="stage"):
                stage = gr.HTML(css_template=markup.STYLE, apply_default_css=False)
            with gr.Column(scale=5, min_width=300):
                with gr.Row(elem_classes="choice"):
                    run = gr.Dropdown(label="Run", interactive=True, scale=3, min_width=240)
                    draw = gr.Button("Random face", variant="primary", min_width=150)
                    reset = gr.Button("Reset", min_width=90)
                with gr.Row(elem_classes="sliders"):
                    sliders = [
                        gr.Slider(-FARTHEST, FARTHEST, 0, step=0.1, label=f"Component {place}")
                        for place in range(1, COUNT + 1)
                    ]
                gr.HTML("<h2>Your own face, and a way to another</h2>", apply_default_css=False)
                with gr.Row():
                    with gr.Column(min_width=200):
                        picture = picture_input("Your face")
                    with gr.Column(min_width=200):
                        other = picture_input("A second face")
                with gr.Row():
                    draw_other = gr.Button("Draw the second face", min_width=160)
                    way = gr.Slider(
                        0, 1, 0, step=0.01, label="Way to the second face", interactive=False, scale=2
                    )
                about = gr.HTML(css_template=markup.ABOUT_STYLE, apply_default_css=False)

        scene = gr.State(None)
        places = [scene, way, *sliders]
        after = [stage, scene, way, *sliders]
        private: dict[str, Any] = {**UNOPENED, **ONE_AT_A_TIME, **QUIET}
        built.load(desk.begin, None, [run, about, *after], **private)
        run.select(desk.choose, [run, scene], [run, about, *after], **private)
        picture.change(desk.bring, [picture, *places], after, **private)
        other.change(desk.bring_other, [other, *places], after, **private)
        moving: dict[str, Any] = {
            "fn": desk.move,
            "inputs": places,
            "outputs": stage,
            "trigger_mode": "always_last",
            **private,
        }
        gr.on([event for each in (*sliders, way) for event in (each.input, each.release)], **moving)
        # A press leaves the number that was being typed, whose last move may be answered after the press.
        for button, answer in ((draw, desk.draw), (reset, desk.reset), (draw_other, desk.draw_other)):
            button.click(answer, places, after, **private).then(**moving)
    return built

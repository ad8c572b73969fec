"""A student's app as it is made: something that can be launched, and was not."""

from collections.abc import Iterator, Sequence
from typing import Any

from academy.homework.tasks import Finding, wrong


def made(make_app: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Make an app, and note with which settings it was started meanwhile; it is not."""
    from unittest.mock import patch

    import gradio

    launched: list[dict[str, Any]] = []

    def note(app: Any, *values: Any, **settings: Any) -> None:
        launched.append(settings)

    with patch.object(gradio.Blocks, "launch", note):
        return make_app(), launched


def app_mistakes(app: Any, launched: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """Say why what was made is no app at rest."""
    import gradio

    if launched:
        public = " with `share=True`: a public link to your machine" if launched[0].get("share") else ""
        yield wrong(
            f"`make_app` starts the app{public}.",
            "return it without `launch`: whoever calls `make_app` decides where it runs.",
        )
    elif app is None or app is ...:
        yield wrong("`make_app` returns nothing.", "end it with `return` and the app.")
    elif not isinstance(app, gradio.Blocks):
        yield wrong(
            f"`make_app` returns a {type(app).__name__}, nothing that can be launched.",
            "a `gr.Interface` or `gr.Blocks`.",
        )
    elif app.analytics_enabled:
        yield wrong("The app reports its use to Gradio.", "leave `analytics_enabled=True` out.")

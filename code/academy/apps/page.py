"""What the pages of all apps share: their looks, what they keep to themselves, and how they are served."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder
from PIL import Image

from academy.colors import BLUE, INK, ORANGE, PAPER, SKY
from academy.data.reading import Unreadable, read_picture

NIGHT_INK, NIGHT_PAPER, NIGHT_SURFACE, NIGHT_LINE = "#e3e8ee", "#14171b", "#1d2127", "#363d47"
"""Of the book's pages in dark mode, as are the other values below."""
SURFACE, LINE, SUBDUED, NIGHT_SUBDUED = "#f5f6f8", "#d8dee4", "#57606a", "#a2acb8"
DARK_ORANGE, NIGHT_ORANGE = "#a84300", "#f5a06a"
BLUES = [
    "#f0f8ff",
    "#dcedfa",
    "#b9dbf3",
    "#8cc4ea",
    SKY,
    "#2f93d3",
    BLUE,
    "#005f9e",
    "#004c7f",
    "#003a61",
    "#002844",
]
"""From light to dark, as Gradio's themes take a hue."""

LOCALHOST = "127.0.0.1"
LARGEST_UPLOAD = "25mb"
LONGEST_QUEUE = 100
"""Requests that wait; the next one is told to come back."""
KEPT = 3600
"""Seconds that an uploaded file stays on the disk; older ones are looked for as often."""

ONE_AT_A_TIME: dict[str, Any] = {"concurrency_id": "model", "concurrency_limit": 1}
"""For each listener that uses the model: one request after the other is answered, in their order."""
UNOPENED: dict[str, Any] = {"preprocess": False}
"""For each listener that takes a picture: the file arrives as it is. Gradio would open it first, and what
that says of a broken or a giant picture is no sentence for a person."""

STYLE = f"""
.gradio-container {{ --problem: {DARK_ORANGE}; }}
.dark .gradio-container, .gradio-container.dark {{ --problem: {NIGHT_ORANGE}; }}
.gradio-container :focus-visible {{ outline: 3px solid {ORANGE} !important; outline-offset: 2px; }}
.gradio-container h1 {{
  margin: 0.5rem 0 0.25rem;
  font-size: clamp(1.375rem, 6vw, 1.75rem);
  font-weight: 600;
  line-height: 1.2;
}}
.gradio-container h2 {{ margin: 0 0 0.5rem; font-size: 1.25rem; font-weight: 600; line-height: 1.3; }}
.gradio-container h3 {{ margin: 0 0 0.5rem; font-size: 1rem; font-weight: 600; }}
.gradio-container p {{ margin: 0 0 0.5rem; max-width: 45rem; line-height: 1.5; }}
.problem:not(:empty) {{
  padding: 0.75rem 1rem;
  border-left: 4px solid var(--problem);
  background: var(--background-fill-secondary);
}}
.gradio-container .credits {{ margin-top: 1rem; font-size: 0.875rem; }}
.wide {{ overflow-x: auto; }}
.gradio-container summary {{ padding: 0.25rem 0; cursor: pointer; }}
.gradio-container table {{ margin: 0; border-collapse: collapse; }}
.gradio-container :is(th, td) {{
  padding: 0.375rem clamp(0.25rem, 1vw, 0.625rem);
  font-size: clamp(0.75rem, 3.2vw, 1rem);
  border: 1px solid var(--border-color-primary);
  text-align: left;
}}
.gradio-container td {{ text-align: right; font-variant-numeric: tabular-nums; }}
"""


class PortTaken(ValueError):
    """Another program listens where the app was to; the text is a sentence for a person."""


def theme() -> gr.themes.Base:
    """Make Gradio's theme in the book's colors, by day and by night, in the fonts of the reader's system."""
    blue = gr.themes.Color(*BLUES)
    return gr.themes.Default(
        primary_hue=blue,
        secondary_hue=blue,
        neutral_hue="gray",
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    ).set(
        body_background_fill=PAPER,
        body_background_fill_dark=NIGHT_PAPER,
        body_text_color=INK,
        body_text_color_dark=NIGHT_INK,
        body_text_color_subdued=SUBDUED,
        body_text_color_subdued_dark=NIGHT_SUBDUED,
        background_fill_primary=PAPER,
        background_fill_primary_dark=NIGHT_PAPER,
        background_fill_secondary=SURFACE,
        background_fill_secondary_dark=NIGHT_SURFACE,
        border_color_primary=LINE,
        border_color_primary_dark=NIGHT_LINE,
        block_background_fill=PAPER,
        block_background_fill_dark=NIGHT_SURFACE,
        block_label_text_color=INK,
        block_label_text_color_dark=NIGHT_INK,
        block_title_text_color=INK,
        block_title_text_color_dark=NIGHT_INK,
        block_info_text_color=SUBDUED,
        block_info_text_color_dark=NIGHT_SUBDUED,
        input_background_fill=PAPER,
        input_background_fill_dark=NIGHT_PAPER,
        link_text_color="*primary_600",
        link_text_color_dark="*primary_400",
        button_primary_background_fill=BLUE,
        button_primary_background_fill_hover="*primary_700",
        slider_color=BLUE,
        slider_color_dark=SKY,
    )


def page(title: str) -> gr.Blocks:
    """Begin an app's page: what is built in its ``with`` block stands on it.

    Nothing is reported to anybody, and an uploaded file leaves the disk after one to two hours.
    """
    return gr.Blocks(title=title, analytics_enabled=False, delete_cache=(KEPT, KEPT))


def picture_input(label: str) -> gr.Image:
    """Make a place for one picture: a file, the clipboard or the camera; on a phone the one at its back.

    What listens to it takes `UNOPENED`, and reads what arrives with `picture_of`.
    """
    camera = gr.WebcamOptions(mirror=False, constraints={"video": {"facingMode": {"ideal": "environment"}}})
    return gr.Image(
        label=label,
        type="filepath",
        image_mode=None,
        sources=["upload", "clipboard", "webcam"],
        webcam_options=camera,
        buttons=[],
        height=280,
    )


def picture_of(upload: Any) -> Image.Image:
    """Read the picture that arrived at a ``picture_input``.

    Raises:
        Unreadable: If none did, or it cannot be read.
    """
    file = file_of(upload)
    if file is None:
        raise Unreadable("No file arrived. Choose a picture again.")
    return read_picture(file)


def serve(built: gr.Blocks, port: int | None, share: bool, say: Callable[[str], None] = print) -> None:
    """Serve a page on this machine until the process is interrupted.

    On Hugging Face Spaces, which says so by ``GRADIO_SERVER_NAME``, everybody reaches it.

    Args:
        built: The page.
        port: Where to listen; None for the first free one from 7860 on.
        share: Whether to ask Gradio for a public address, which leads through its servers.
        say: Is told the address.

    Raises:
        PortTaken: If another program listens at the port, or at all those tried.
    """
    start(built, port, share)
    say(f"{built.title}: open {built.local_url} in a browser. Ctrl+C ends it.")
    built.block_thread()


def start(built: gr.Blocks, port: int | None = None, share: bool = False) -> None:
    """Begin to serve a page, as ``serve`` does, and return."""
    expect_free(port)
    built.queue(default_concurrency_limit=1, max_size=LONGEST_QUEUE)
    try:
        built.launch(
            server_port=port,
            share=share,
            prevent_thread_lock=True,
            inline=False,
            quiet=True,
            theme=theme(),
            css=STYLE,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            mcp_server=False,
            ssr_mode=False,
            pwa=False,
            max_file_size=LARGEST_UPLOAD,
        )
    except OSError as error:
        raise PortTaken(f"There is no free port: {error}") from error


def expect_free(port: int | None) -> None:
    """Refuse a port at which somebody listens, before the work that it takes to make a page.

    Args:
        port: The port; None for any.

    Raises:
        PortTaken: If it is taken, or this user may not use it.
    """
    if port is None:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} cannot be used ({error.strerror}); name another with --port, "
                "or none for the first that is free."
            ) from error


def file_of(upload: Any) -> Path | None:
    """Return the file that arrived at a ``picture_input``; None where none did.

    A program may name any file of this machine. What lies outside of the folder of uploads has not arrived.
    """
    path = upload.get("path") if isinstance(upload, dict) else None
    if not isinstance(path, str) or not path or "\0" in path:
        return None
    file = Path(path).resolve()
    return file if file.is_relative_to(Path(get_upload_folder()).resolve()) else None

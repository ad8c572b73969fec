"""A student's app while it runs, for this machine alone, and what it answers to a client."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

SECONDS = 60
"""An answer may take."""
HIDDEN = "has raised an exception but has not enabled verbose error reporting"
"""What a client is told in place of an error that was not meant for people."""


class Refused(Exception):
    """The app answered with an error.

    Attributes:
        is_meant: Whether it is a sentence for people, from `gr.Error`.
    """

    def __init__(self, said: str, is_meant: bool) -> None:
        super().__init__(said)
        self.is_meant = is_meant


@dataclass
class Picture:
    """A picture in an answer."""

    file: Path
    caption: str = ""


@dataclass
class Answer:
    """What an app gave, in its order."""

    pictures: list[Picture] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is written beside the pictures."""
        return " ".join(self.texts)

    def take(self, value: Any) -> None:
        """Add a value as the client has it: galleries, pictures, texts, in lists and in each other."""
        if isinstance(value, dict) and isinstance(value.get("image"), str):
            self.pictures.append(Picture(Path(value["image"]), value.get("caption") or ""))
        elif isinstance(value, dict):
            self.take(list(value.values()))
        elif isinstance(value, list | tuple):
            for each in value:
                self.take(each)
        elif isinstance(value, str) and is_file(value):
            self.pictures.append(Picture(Path(value)))
        elif value is not None:
            self.texts.append(str(value))


def is_file(text: str) -> bool:
    """Tell whether a text is the whole path of a file; a caption may be longer than any path."""
    try:
        return Path(text).is_absolute() and Path(text).is_file()
    except (OSError, ValueError):
        return False


@contextmanager
def quiet(place: str) -> Iterator[None]:
    """Report nothing to anybody, keep uploads in a folder of the check's, and print nothing."""
    settings = {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_TEMP_DIR": place,
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    with patch.dict(os.environ, settings), redirect_stdout(io.StringIO()):
        yield


class Running:
    """An app that was started.

    Args:
        app: A `gradio.Blocks`.
        place: A folder for the files that it answers with.
        takes: Gradio's name of what the app is asked with, as ``Image`` or ``Textbox``.

    Attributes:
        endpoint: How the function that takes this is called, and its parameters; None if none does.
    """

    def __init__(self, app: Any, place: str, takes: str) -> None:
        from gradio_client import Client

        self.app = app
        self.takes = takes
        _, address, _ = app.launch(
            server_name="127.0.0.1",
            share=False,
            inline=False,
            inbrowser=False,
            quiet=True,
            prevent_thread_lock=True,
        )
        try:
            self.client = Client(address, verbose=False, download_files=place, analytics_enabled=False)
            self.endpoint = self.endpoint_found()
        except BaseException:
            app.close(verbose=False)
            raise

    def endpoint_found(self) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        """Look for the function to ask; of several, one that answers with a gallery."""
        listed: Any = self.client.view_api(return_format="dict", print_info=False)
        known = [({"api_name": name}, each) for name, each in listed["named_endpoints"].items()]
        known += [({"fn_index": int(name)}, each) for name, each in listed["unnamed_endpoints"].items()]
        takes = [
            (call, each)
            for call, each in known
            if any(one["component"] == self.takes for one in each["parameters"])
        ]
        takes.sort(key=lambda pair: all(one["component"] != "Gallery" for one in pair[1]["returns"]))
        return (takes[0][0], takes[0][1]["parameters"]) if takes else None

    def ask(self, given: Path | str | None) -> Answer:
        """Ask the app, and leave all else as it shows it.

        Args:
            given: The file of a picture, a text, or nothing.

        Raises:
            Refused: If the app answers with an error.
        """
        from gradio_client import handle_file
        from gradio_client.exceptions import AppError

        assert self.endpoint is not None
        call, parameters = self.endpoint
        name = next(one["parameter_name"] for one in parameters if one["component"] == self.takes)
        values = {
            each["parameter_name"]: "" if each["component"] == "Textbox" else None
            for each in parameters
            if not each["parameter_has_default"]
        }
        values[name] = handle_file(given) if isinstance(given, Path) else given
        with redirect_stderr(io.StringIO()) as traceback:
            try:
                value = self.client.submit(**values, **call).result(timeout=SECONDS)
            except AppError as error:
                is_meant = HIDDEN not in str(error)
                last = (traceback.getvalue().strip().splitlines() or [str(error)])[-1]
                raise Refused(str(error) if is_meant else last, is_meant) from None
            except TimeoutError:
                raise Refused(f"nothing came within {SECONDS} seconds", is_meant=False) from None
        answer = Answer()
        answer.take(value)
        return answer

    def close(self) -> None:
        """Stop the app and whoever asks it."""
        self.client.close()
        self.app.close(verbose=False)

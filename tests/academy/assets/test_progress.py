"""A bar is for somebody who watches: on a terminal and in a notebook, not on a page of the book."""

import os
import pty
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from stand_in import Server, sends

Register = Callable[..., Path]

FETCH = """
from pathlib import Path
from academy.assets.cache import fetch
from academy.assets import registry
registry.REGISTRY = Path({path!r})
fetch("numbers")
"""


@pytest.fixture
def program(server: Server, register: Register) -> str:
    """Fetch an asset in a program of its own."""
    server.answers["/numbers.bin"] = sends(b"123")
    address = {"kind": "web", "addresses": [f"{server.url}/"]}
    return FETCH.format(path=str(register("numbers", {"numbers.bin": b"123"}, address)))


def test_a_terminal_shows_a_bar(program: str) -> None:
    terminal, other_side = pty.openpty()
    termios.tcsetwinsize(other_side, (24, 80))
    os.set_blocking(terminal, False)
    subprocess.run([sys.executable, "-c", program], stderr=other_side, check=True)
    assert "numbers:   0%" in os.read(terminal, 10_000).decode()
    os.close(terminal)
    os.close(other_side)


def test_a_file_gets_no_bar(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == done.stdout == ""


def run_in_notebook(program: str) -> str:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(program.rstrip() + ";")])
    NotebookClient(notebook).execute()
    return "".join(output.get("text", "") for output in notebook.cells[0].outputs)


def test_a_notebook_shows_a_bar(program: str) -> None:
    assert "numbers:   0%" in run_in_notebook(program)


def test_a_page_of_the_book_shows_none(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACADEMY_BOOK", "1")
    assert run_in_notebook(program) == ""

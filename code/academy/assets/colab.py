"""The cell magic ``%%colab``: a cell that needs the Hugging Face hub runs where the hub answers.

``%load_ext academy.assets.colab`` brings it. Where the hub does not answer, the cell prints a sentence, and
the notebook goes on: what follows needs nothing of the cell.
"""

import os
from http.client import HTTPException
from urllib.request import Request, urlopen

from IPython.core.interactiveshell import InteractiveShell

from academy.assets.settings import is_offline

HUB_VARIABLE = "HF_ENDPOINT"
"""The variable of the hub's own client that names another address, such as a mirror."""
PATIENCE = 10.0
"""Seconds to wait for an answer."""


def hub() -> str:
    """Return the hub's address."""
    return os.environ.get(HUB_VARIABLE) or "https://huggingface.co"


def answers(address: str) -> bool:
    """Tell whether a web address answers, and may be asked."""
    if is_offline():
        return False
    try:
        with urlopen(Request(address, method="HEAD"), timeout=PATIENCE):
            return True
    except (OSError, HTTPException, ValueError):  # no connection, no sensible answer, no address
        return False


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Bring the magic to a notebook."""

    def colab(line: str, cell: str) -> None:
        """Run the cell where the hub answers."""
        if answers(hub()):
            shell.run_cell(cell).raise_error()  # what fails stops the notebook, as in any cell
        else:
            print(f"Not run, since {hub()} cannot be reached from here; nothing else needs this cell.")

    shell.magics_manager.register_function(colab, "cell")

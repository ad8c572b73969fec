"""Runs `jupyter-book build` in forks of one process that has imported all that builds import.

Imports are most of what a tiny site takes. Each line of standard input is a build in JSON, with `arguments`,
`environment`, and `output`, a file for all that it says; the answer is a line with its exit status.
"""

import importlib
import json
import os
import sys
from pathlib import Path

from jupyter_book.cli.main import main
from jupyter_book.config import get_default_sphinx_config
from jupyter_book.sphinx import build_sphinx  # noqa: F401  # with Sphinx itself
from sphinx.application import builtin_extensions

sys.path.append(str(Path(__file__).parents[1] / "book"))
OURS = ("academy_book.phases", "sphinx_exercise")


def build(arguments: list[str], environment: dict[str, str], output: str) -> None:
    """Become a process that builds, and end as it does."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    said = os.open(output, os.O_WRONLY | os.O_CREAT)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = environment.get("PYTHONPATH", "").split(os.pathsep)
    main(["build", *arguments])


def serve() -> None:
    """Build what is asked for until nobody asks any more."""
    for name in (*builtin_extensions, *get_default_sphinx_config()["extensions"], *OURS):
        importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            build(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve()

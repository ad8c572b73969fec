"""Rebuild the book when a source changes, and reload the page in the browser: `make serve`."""

import subprocess
import sys
from pathlib import Path

from livereload import Server

ROOT = Path(__file__).parent.parent
SOURCES = ["book", "code/academy", "lessons", "slides", "_config.yml", "_toc.yml", "index.md"]
PORT = 8000


def build() -> None:
    """Build the book; a failed build prints why and leaves the pages of the last good one."""
    subprocess.run([Path(sys.executable).parent / "jupyter-book", "build", ROOT], check=False)


def main() -> None:
    """Build, serve, and build again on each change until stopped."""
    build()
    server = Server()
    for name in SOURCES:
        server.watch(str(ROOT / name), build, ignore=lambda path: "__pycache__" in path)
    server.serve(root=ROOT / "_build" / "html", port=PORT)


if __name__ == "__main__":
    main()

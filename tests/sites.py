"""Builds sites for tests: the book itself, and tiny ones that use its extensions."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from textwrap import dedent

import yaml

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "_build" / "colab"
"""Where the tests build the book: what ran elsewhere is no proof that it runs as in Colab."""
BOOK = {"academy_book": str(ROOT / "book")}
"""The book's extension, and where it lies."""
WITHOUT_LOOKS = BOOK | {"without_looks": str(ROOT / "tests" / "extensions")}
ANSI = re.compile(r"\x1b\[[0-9;]*m")

FRONT_MATTER = """\
---
file_format: mystnb
kernelspec:
  name: python3
  display_name: Python 3
lesson:
  number: {number}
description: A page of a test.
---
"""


@dataclass(frozen=True)
class Build:
    """How one build went."""

    returncode: int
    text: str

    @property
    def executed(self) -> set[str]:
        """Names of the pages whose cells were run, not taken from the cache."""
        return set(re.findall(r"(\w+)\.md: Executed notebook", self.text))


def jupyter_book(folder: Path, *options: str, **variables: str) -> Build:
    """Run `jupyter-book build` on a folder."""
    process = start(folder, *options, **variables)
    text, _ = process.communicate()
    return Build(process.returncode, ANSI.sub("", text))


def start(folder: Path, *options: str, **variables: str) -> subprocess.Popen[str]:
    """Begin `jupyter-book build` on a folder; what it says can be read as it runs."""
    command = [Path(sys.executable).parent / "jupyter-book", "build", folder, *options]
    together = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, **together, text=True, env={**os.environ, **variables})


@cache
def build_server() -> subprocess.Popen[str]:
    """Start what builds tiny sites; it ends with this process."""
    command = [sys.executable, Path(__file__).with_name("build_server.py")]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def forked(folder: Path, **variables: str) -> Build:
    """Do what `jupyter_book` does, without its imports."""
    server = build_server()
    with NamedTemporaryFile("r", encoding="utf-8", errors="replace") as output:
        asked = {
            "arguments": [str(folder)],
            "environment": {**os.environ, **variables},
            "output": output.name,
        }
        print(json.dumps(asked), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        return Build(status, ANSI.sub("", output.read()))


class TinySite:
    """A book of a few pages in a folder of its own, configured like the real one.

    Args:
        folder: An empty folder.
        extensions: Where the extensions lie; by default without the looks, which take time.
        settings: Sphinx settings that differ from the real book's.
    """

    def __init__(self, folder: Path, extensions: dict[str, str] = WITHOUT_LOOKS, **settings: object) -> None:
        self.folder = folder
        configuration = yaml.safe_load((ROOT / "_config.yml").read_text())
        configuration["html"] = {"baseurl": configuration["html"]["baseurl"]}
        configuration["sphinx"] |= {
            "local_extensions": extensions,
            "config": {
                "html_math_renderer": "katex",
                "nitpicky": True,
                "templates_path": [str(ROOT / "book" / "_templates")],
                **settings,
            },
        }
        configuration["bibtex_bibfiles"] = ["references.bib"]
        self.write("_config.yml", yaml.safe_dump(configuration))
        self.write("references.bib", "")
        self.write("index.md", "# A tiny book\n")
        self.chapters: list[str] = []
        self.write_contents()

    def write(self, name: str, text: str) -> Path:
        """Write a file of the site."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def write_contents(self) -> None:
        """Write the table of contents over all chapters."""
        chapters = [{"file": f"lessons/{n}-topic/{name}"} for n, name in enumerate(self.chapters, 1)]
        part = {"caption": "Lessons", "numbered": True, "chapters": chapters}
        contents = {"format": "jb-book", "root": "index", "parts": [part] if chapters else []}
        self.write("_toc.yml", yaml.safe_dump(contents))

    def lesson(self, name: str, body: str, front_matter: str | None = None) -> Path:
        """Write a lesson's page and put it into the contents."""
        if name not in self.chapters:
            self.chapters.append(name)
            self.write_contents()
        number = self.chapters.index(name) + 1
        head = FRONT_MATTER.format(number=number) if front_matter is None else front_matter
        return self.write(f"lessons/{number}-topic/{name}.md", head + f"\n# {name}\n\n" + dedent(body))

    def leave(self, name: str) -> None:
        """Take the last lesson out of the contents; its page stays among the sources."""
        self.chapters.remove(name)
        self.write_contents()

    def build(self, **variables: str) -> Build:
        """Build the site; what a test has put beside its pages can be imported."""
        path = os.pathsep.join([str(self.folder), os.environ.get("PYTHONPATH", "")])
        return forked(self.folder, **{"PYTHONPATH": path, **variables})

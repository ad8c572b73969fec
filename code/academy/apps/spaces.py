"""An app as a folder that runs by itself, here and on Hugging Face Spaces.

Source: Hugging Face, *Spaces configuration reference*, on the card's first lines.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import distributions, packages_distributions, version
from modulefinder import ModuleFinder
from pathlib import Path

import academy
from academy.atomic import atomic_folder

PACKAGE = Path(academy.__file__).parent
PROJECT = "pa-academy"
"""What pip calls the package that an app is taken from."""
APP, CARD, REQUIREMENTS = "app.py", "README.md", "requirements.txt"
SDK = "gradio"
INSTALLER = "pip"
"""Reads the requirements, so it is there, in a version of its own."""
TABLES = (".toml", ".json")
"""How the names end of what modules read that lies beside them under the same name."""
LONGEST_DESCRIPTION = 60
"""Characters that Spaces takes as a short description."""
SHOWN = 3
"""Entries of a folder that a refusal names."""


class NotEmpty(ValueError):
    """There is something where the app should come; the text is a sentence for a person."""


@dataclass(frozen=True)
class Space:
    """An app to be exported."""

    title: str
    emoji: str
    short_description: str
    """At most 60 characters."""
    license: str
    """Of the code, as Spaces calls it."""
    app: str
    """The program that starts it; what it imports of this package comes along."""
    card: str
    """What the app does, licenses and limits, in Markdown."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """What else comes along: by its place in the folder, the file that is copied there."""


def export(space: Space, folder: Path) -> None:
    """Write an app's folder, whole or not at all.

    Args:
        space: The app.
        folder: Where to; it is made, with those around it.

    Raises:
        NotEmpty: If something is there that is not an empty folder.
    """
    folder = folder.absolute()
    expect_empty(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with atomic_folder(folder) as unfinished:
        (unfinished / APP).write_text(space.app, encoding="utf-8")
        (unfinished / CARD).write_text(f"{front_matter(space)}\n{space.card}", encoding="utf-8")
        (unfinished / "LICENSE").write_text(license_text(), encoding="utf-8")
        modules, foreign = imports_of(unfinished / APP)
        for module in modules:
            copy_module(module, unfinished)
        for place, file in space.files.items():
            copy(file, unfinished / place)
        lines = "".join(f"{each}\n" for each in requirements(foreign))
        (unfinished / REQUIREMENTS).write_text(lines, encoding="utf-8")


def expect_empty(folder: Path) -> None:
    """Refuse a place that holds something.

    Raises:
        NotEmpty: If it does.
    """
    if folder.exists() and not folder.is_dir():
        raise NotEmpty(f"{folder} is a file; name a folder that is new or empty.")
    held = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    if held:
        more = " …" if len(held) > SHOWN else ""
        raise NotEmpty(
            f"{folder} already holds {', '.join(held[:SHOWN])}{more}, which stays as it is; "
            "name a folder that is new or empty."
        )


def front_matter(space: Space) -> str:
    """Write the lines at the top of the card, which tell Spaces how to run the app."""
    assert len(space.short_description) <= LONGEST_DESCRIPTION
    settings = {
        "title": space.title,
        "emoji": space.emoji,
        "colorFrom": "blue",
        "colorTo": "indigo",
        "sdk": SDK,
        "sdk_version": version(SDK),
        "python_version": f"{sys.version_info.major}.{sys.version_info.minor}",
        "app_file": APP,
        "pinned": False,
        "license": space.license,
        "short_description": space.short_description,
    }
    # What JSON writes for a text or a truth value, YAML reads.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items())
    return f"---\n{''.join(lines)}---\n"


def license_text() -> str:
    """Return the license that the package came with.

    Raises:
        ValueError: If it was installed without one.
    """
    texts = (each.read_text("licenses/LICENSE") for each in distributions(name=PROJECT))
    if text := next(filter(None, texts), None):
        return text
    raise ValueError(f"{PROJECT} was installed without its license. Install it again with pip.")


def imports_of(program: Path) -> tuple[list[Path], set[str]]:
    """Find what a program imports, at its start or later on.

    Args:
        program: The file.

    Returns:
        The files of this package's modules, and the names of what else is imported, as they stand in code.
    """
    finder = ModuleFinder(path=[str(PACKAGE.parent)])
    finder.run_script(str(program))
    found = (Path(file) for module in finder.modules.values() if (file := vars(module)["__file__"]))
    foreign = {name.partition(".")[0] for name in finder.badmodules} - set(sys.stdlib_module_names)
    return sorted(path for path in found if path.is_relative_to(PACKAGE)), foreign - {PACKAGE.name, INSTALLER}


def copy_module(module: Path, folder: Path) -> None:
    """Copy a module of this package, and the tables it reads, to the same place below a folder."""
    for file in (module, *(module.with_suffix(each) for each in TABLES)):
        if file.is_file():
            copy(file, folder / file.relative_to(PACKAGE.parent))


def copy(file: Path, target: Path) -> None:
    """Copy a file, and make the folders around the copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def requirements(imported: set[str]) -> Iterator[str]:
    """Name the packages that modules come from, as pip takes them, in versions like those installed here.

    Args:
        imported: Names of modules; those that no installed package has are left out.
    """
    packages = packages_distributions()
    for package in sorted({each for name in imported for each in packages.get(name, [])}):
        major, minor = version(package).split(".")[:2]
        yield f"{package}>={major}.{minor},<{int(major) + 1}"

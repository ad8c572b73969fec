"""The command ``academy kit``: the whole course in one folder, for a classroom without internet."""

import sys
from pathlib import Path
from typing import Annotated

import typer

import academy

BOOK = Path(academy.__file__).parents[2]
"""The checkout that this package is a part of, unless it was installed from a wheel."""
FAILED = 2


def kit(
    folder: Annotated[Path, typer.Argument(help="Where to: new, empty, or an earlier kit.")],
    site: Annotated[
        Path | None, typer.Option(help="The built site; by default the one of this checkout.")
    ] = None,
    wheels: Annotated[
        bool, typer.Option("--wheels", help="Have pip bring what notebooks need, for systems like this one.")
    ] = False,
) -> None:
    """Put site, notebooks, slides, data, weights and package into one folder, with what serves it to a room.

    Needs a built book (make book) and all packaged assets (academy assets fetch). Slides come as PDF, too, if
    make slides-pdf has printed them. Without --wheels no network is asked. Ends with 2 if something is
    missing; then nothing was written.
    """
    from academy.kit.errors import KitError
    from academy.kit.making import make

    try:
        made = make(BOOK, site or BOOK / "_build" / "html", folder, wheels)
    except KitError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAILED) from None
    if made.without_pdf:
        print(f"Not printed, so without PDF: the slides of {', '.join(made.without_pdf)}. make slides-pdf")
    print(f"{folder} holds the course: {made.files:,} files, {made.bytes / 1e6:,.0f} MB.")
    print(f"Serve it to a room: python3 {folder / 'serve.py'}")

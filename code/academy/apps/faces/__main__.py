"""Lets ``python -m academy.apps.faces`` do what ``academy app faces`` does."""

import typer

from academy.apps.faces.cli import faces

typer.run(faces)

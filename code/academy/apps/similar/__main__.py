"""Lets ``python -m academy.apps.similar`` do what ``academy app similar`` does."""

import typer

from academy.apps.similar.cli import similar

typer.run(similar)

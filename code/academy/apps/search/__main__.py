"""Lets ``python -m academy.apps.search`` do what ``academy app search`` does."""

import typer

from academy.apps.search.cli import search

typer.run(search)

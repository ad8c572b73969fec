"""How handlers hang on Sphinx's events: in the order of a table, before or after all other extensions'."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NamedTuple

from sphinx.application import Sphinx

Handler = Callable[..., Any]

BEFORE_OTHERS, AFTER_OTHERS = 0, 1000
"""Priorities between which Sphinx and all extensions in use act; a lower one acts first."""


class Phase(NamedTuple):
    """What acts at an event of Sphinx, in this order."""

    event: str
    handlers: Iterable[Handler]
    before_others: bool = False


def connect(app: Sphinx, phases: Iterable[Phase]) -> None:
    """Have the handlers of a table called in its order."""
    place = 0
    for phase in phases:
        for handler in phase.handlers:
            app.connect(
                phase.event, handler, (BEFORE_OTHERS if phase.before_others else AFTER_OTHERS) + place
            )
            place += 1


def after_good_build(act: Callable[[Sphinx], None]) -> Handler:
    """Make a handler of `build-finished` that acts where pages were built and nothing went wrong."""

    @wraps(act)
    def listener(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and app.builder.format == "html":
            act(app)

    return listener


def on_pages(act: Callable[[Sphinx, Any, str], None]) -> Handler:
    """Make a handler of `doctree-resolved` that acts where pages are built: not, say, to check links."""

    @wraps(act)
    def listener(app: Sphinx, doctree: Any, docname: str) -> None:
        if app.builder.format == "html":
            act(app, doctree, docname)

    return listener

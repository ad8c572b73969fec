"""A browser that stands still: found in time, told from a script that never ends, and replaced."""

import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from browser import QUIET, program
from playwright.sync_api import Browser, Page

LONGEST = 240.0
"""Seconds for a visit that takes ten on a busy machine."""
SHORT = 20.0
"""Seconds in which a page answers that one and one are two."""

Result = TypeVar("Result")


class StandstillError(Exception):
    """A browser answers or draws nothing any more, and no script is why."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` when a block takes longer, although Playwright waits for an answer without end.

    The clock of pytest-timeout, which is the same one, goes on afterwards.
    """

    def ring(*_: object) -> None:
        raise TimeoutError(f"no answer came within {seconds:g} seconds")

    handler = signal.signal(signal.SIGALRM, ring)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    started = time.monotonic()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, max(0.1, left - time.monotonic() + started) if left else 0)
        signal.signal(signal.SIGALRM, handler)


@contextmanager
def watched(page: Page, seconds: float = LONGEST) -> Iterator[None]:
    """Give a page some seconds for a block.

    Raises:
        StandstillError: It took longer, and the page answers nothing even when its scripts are ended.
        TimeoutError: It took longer, and a script of the page was why.
    """
    session = page.context.new_cdp_session(page)
    try:
        with at_most(seconds):
            yield
    except TimeoutError as error:
        try:
            with at_most(SHORT):
                session.send("Runtime.terminateExecution")
                page.evaluate("1 + 1")
        except TimeoutError:
            raise StandstillError(f"A browser stood still at {page.url}") from error
        raise TimeoutError(f"{error}: a script of {page.url} runs on and on, or the page is slow") from None


def in_one_that_moves(browser: Browser, visit: Callable[[Browser], Result]) -> Result:
    """Make a visit, once more in a new browser where this one stands still: on a busy machine Chromium does.

    Raises:
        StandstillError: The new one stands still too.
    """
    try:
        return visit(browser)
    except StandstillError as error:
        warnings.warn(f"{error}, and was replaced.", stacklevel=2)
    another = browser.browser_type.launch(executable_path=program(), args=QUIET)
    try:
        return visit(another)
    finally:
        another.close()

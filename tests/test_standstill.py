"""A browser that stands still costs a warning; a script that never ends costs the test."""

import os
import signal

import pytest
from playwright.sync_api import Browser
from standstill import StandstillError, in_one_that_moves, watched

pytestmark = pytest.mark.filterwarnings("always:A browser stood still")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("standstill.SHORT", 2)


def visit_of(script):
    """Return a visit that runs a script and must be done within seconds."""

    def visit(browser: Browser):
        with browser.new_context() as profile:
            page = profile.new_page()
            with watched(page, seconds=3):
                return page.evaluate(script)

    return visit


def renderers(browser):
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return [each["id"] for each in processes if each["type"] == "renderer"]


def stopping(times):
    """Return a visit whose page stands still the first times, as a process that gets no turn does."""
    left = list(range(times))

    def visit(browser: Browser):
        with browser.new_context() as profile:
            page = profile.new_page()
            page.evaluate("1 + 1")
            stopped = renderers(browser) if left else []
            del left[:1]
            for process in stopped:
                os.kill(process, signal.SIGSTOP)
            try:
                with watched(page, seconds=2):
                    return page.evaluate("6 * 7")
            finally:
                for process in stopped:
                    os.kill(process, signal.SIGCONT)

    return visit


def test_a_visit_in_time_is_made_once(browser):
    assert in_one_that_moves(browser, visit_of("6 * 7")) == 42


def test_a_script_that_never_ends_is_told(browser):
    with pytest.raises(TimeoutError, match="a script of about:blank runs on and on"):
        in_one_that_moves(browser, visit_of("() => { while (true); }"))
    assert in_one_that_moves(browser, visit_of("6 * 7")) == 42


def test_a_browser_that_stands_still_is_replaced(browser):
    with pytest.warns(UserWarning, match="A browser stood still at about:blank, and was replaced"):
        assert in_one_that_moves(browser, stopping(1)) == 42


def test_one_that_stands_still_twice_fails(browser):
    with (
        pytest.warns(UserWarning, match="was replaced"),
        pytest.raises(StandstillError, match="stood still at about:blank"),
    ):
        in_one_that_moves(browser, stopping(2))

"""A command that takes too long or too much is ended, with all that it started."""

import contextlib
import itertools
import os
import subprocess
import sys

import psutil
import pytest
from academy.sandbox import limits
from academy.sandbox.limits import LimitExceeded, run_limited

pytestmark = pytest.mark.slow


def run(code, seconds, gigabytes, folder):
    run_limited([sys.executable, "-c", code], seconds, gigabytes, str(folder), dict(os.environ))


def test_a_command_within_its_limits_runs_to_its_end_in_its_folder(tmp_path):
    run("open('done', 'w').write('yes')", 60, 1, tmp_path)
    assert (tmp_path / "done").read_text() == "yes"


def test_one_that_does_not_end_is_ended(tmp_path):
    with pytest.raises(LimitExceeded, match="did not stop"):
        run("import time; time.sleep(1000)", 1, 1, tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        "held = bytearray(b'x' * 600_000_000); import time; time.sleep(1000)",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', "
        "'held = bytearray(b\"x\" * 600_000_000); import time; time.sleep(1000)'])",
    ],
    ids=["itself", "a child"],
)
def test_one_that_eats_memory_is_ended(tmp_path, code):
    with pytest.raises(LimitExceeded, match=r"more than 0\.5 GB of memory"):
        run(code, 60, 0.5, tmp_path)


@pytest.mark.parametrize(("looks", "ends"), [([9, 9, 0], False), ([9], True)], ids=["now and then", "always"])
def test_memory_that_counts_twice_for_a_moment_ends_nothing(tmp_path, monkeypatch, looks, ends):
    """As that of a process which is just starting another."""
    found = itertools.cycle(looks)
    monkeypatch.setattr(limits, "PAUSE", 0.001)  # the command takes many of them to start
    monkeypatch.setattr(limits.Watched, "memory", lambda self: next(found) * 1e9)
    with pytest.raises(LimitExceeded) if ends else contextlib.nullcontext():
        run("pass", 60, 1, tmp_path)


def test_what_it_left_running_is_ended_too(tmp_path):
    run(
        "import subprocess; print(subprocess.Popen(['sleep', '1000']).pid, file=open('pid', 'w'))",
        60,
        1,
        tmp_path,
    )
    assert has_ended(int((tmp_path / "pid").read_text()))


DETACHED = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print(os.getpid(), file=open("pid", "w"), flush=True)
        held = bytearray(b"x" * {size})
        time.sleep(1000)
    os._exit(0)
os.wait()
while not os.path.exists("pid") or not open("pid").read():
    pass
time.sleep({seconds})
"""
"""A process that left its parent and its session, as a daemon does."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="orphans can be held on Linux alone")


def has_ended(process):
    return not psutil.pid_exists(process) or psutil.Process(process).status() == psutil.STATUS_ZOMBIE


@linux
def test_a_process_that_left_its_parent_and_its_session_is_ended_too(tmp_path):
    run(DETACHED.format(size=1, seconds=0), 60, 1, tmp_path)
    assert has_ended(int((tmp_path / "pid").read_text()))


@linux
def test_the_memory_of_such_a_process_counts(tmp_path):
    with pytest.raises(LimitExceeded, match=r"more than 0\.5 GB of memory"):
        run(DETACHED.format(size=600_000_000, seconds=1000), 60, 0.5, tmp_path)
    assert has_ended(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGSTOP"])
def test_a_command_that_hinders_who_holds_it_is_ended_all_the_same(tmp_path, signal, monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE", 0.5)
    code = f"""
import os, signal, time
print(os.getpid(), file=open("pid", "w"), flush=True)
os.kill(os.getppid(), signal.{signal})
time.sleep(1000)
"""
    with contextlib.suppress(LimitExceeded):
        run(code, 1, 1, tmp_path)
    assert has_ended(int((tmp_path / "pid").read_text()))


def test_other_children_of_the_caller_are_left_alone(tmp_path):
    other = subprocess.Popen(["sleep", "1000"])
    try:
        run("pass", 60, 1, tmp_path)
        assert other.poll() is None
    finally:
        other.kill()
        assert other.wait() == -9


@linux
def test_when_the_caller_is_killed_its_command_ends(tmp_path):
    os.mkfifo(tmp_path / "pid")
    command = "import os, time; print(os.getpid(), file=open('pid', 'w'), flush=True); time.sleep(1000)"
    code = f"""
import os, sys
from academy.sandbox.limits import run_limited
run_limited([sys.executable, "-c", {command!r}], 60, 1, {str(tmp_path)!r}, dict(os.environ))
"""
    caller = subprocess.Popen([sys.executable, "-c", code])
    started = psutil.Process(int((tmp_path / "pid").read_text()))
    caller.kill()
    caller.wait()
    assert psutil.wait_procs([started], timeout=30)[1] == []

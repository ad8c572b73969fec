"""A command that takes too long or too much is ended, with all that it started."""

import os
import sys

import psutil
import pytest
from academy.sandbox.limits import LimitExceeded, run_limited


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


def test_what_it_left_running_is_ended_too(tmp_path):
    run(
        "import subprocess; print(subprocess.Popen(['sleep', '1000']).pid, file=open('pid', 'w'))",
        60,
        1,
        tmp_path,
    )
    left = int((tmp_path / "pid").read_text())
    assert not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE

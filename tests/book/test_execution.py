"""Pages are executed side by side, each on one thread, and once."""

import os

import joblib
import pytest
from sites import TinySite

MEETING = """
```{{code-cell}} ipython3
from pathlib import Path

Path("../{own}").touch()
while not Path("../{other}").exists():
    pass
```
"""
NUMBERS = """
```{code-cell} ipython3
import torch

print("threads:", torch.get_num_threads())
```
"""
LAGGING = """
```{code-cell} ipython3
import sys
import time
from threading import Event

sys.stdout.flush_timeout = sys.stderr.flush_timeout = 0.1  # the reply does not wait for what is printed
publishing = get_ipython().kernel.iopub_thread
begun = Event()
publishing.schedule(lambda: (begun.set(), time.sleep(6)))  # nbclient waits for 4 of them by itself
begun.wait()
display("came" + " late")
```
"""
CONNECTED = """
```{code-cell} ipython3
from ipykernel.connect import get_connection_info

print("connected by", get_connection_info(unpack=True)["transport"])
```
"""
RAISING = """
```{code-cell} ipython3
planted = 1 / 0
```
"""


@pytest.mark.slow
@pytest.mark.skipif(joblib.cpu_count() < 2, reason="there is one core")
def test_two_pages_run_at_the_same_time_and_once(tmp_path):
    site = TinySite(tmp_path)
    site.lesson("lesson1", MEETING.format(own="first", other="second"))
    site.lesson("lesson2", MEETING.format(own="second", other="first") + NUMBERS)
    build = site.build(OMP_NUM_THREADS="2")
    assert build.returncode == 0, build.text
    assert build.text.count("Executed notebook") == 2
    assert "threads: 1" in (tmp_path / "_build/html/lessons/2-topic/lesson2.html").read_text()


@pytest.mark.slow
def test_a_page_that_ran_before_another_failed_is_not_run_again(tmp_path):
    site = TinySite(tmp_path)
    site.lesson("lesson1", NUMBERS.replace("import torch", "x = 1").replace("torch.get_num_threads()", "x"))
    site.lesson("lesson2", RAISING)
    build = site.build()
    assert build.returncode != 0
    assert "lesson2.md" in build.text
    assert "ZeroDivisionError" in build.text
    site.lesson("lesson2", RAISING.replace("1 / 0", "0 / 1"))
    assert site.build().executed == {"lesson2"}


@pytest.mark.slow
def test_outputs_that_a_busy_machine_delivers_late_are_on_the_page(tmp_path):
    site = TinySite(tmp_path)
    site.lesson("lesson1", LAGGING)
    build = site.build()
    assert build.returncode == 0, build.text
    assert "came late" in (tmp_path / "_build/html/lessons/1-topic/lesson1.html").read_text()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kernels talk through ports there")
def test_a_kernel_needs_no_port_that_another_program_could_take_first(tmp_path):
    site = TinySite(tmp_path)
    site.lesson("lesson1", CONNECTED)
    build = site.build()
    assert build.returncode == 0, build.text
    assert "connected by ipc" in (tmp_path / "_build/html/lessons/1-topic/lesson1.html").read_text()

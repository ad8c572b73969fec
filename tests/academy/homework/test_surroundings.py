"""A notebook's folders are its own; modules, assets and settings are the grader's."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from academy.homework.surroundings import own_surroundings

ASKS = """
import json, os, jupyter_core.paths as jupyter, IPython.paths, matplotlib, tempfile
from academy.assets.settings import cache_folder, is_offline
folders = [os.path.expanduser("~"), IPython.paths.get_ipython_dir(), jupyter.jupyter_config_dir(),
    jupyter.jupyter_data_dir(), jupyter.jupyter_runtime_dir(), matplotlib.get_configdir(),
    matplotlib.get_cachedir(), tempfile.gettempdir()]
print(json.dumps([folders, str(cache_folder()), is_offline()]))
"""


@pytest.mark.slow
def test_folders_are_own_ones_and_the_cache_is_the_graders(tmp_path, monkeypatch):
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("ACADEMY_CACHE", raising=False)
    monkeypatch.setenv("ACADEMY_OFFLINE", "1")
    with own_surroundings() as own:
        place = own.work.parent
        done = subprocess.run(
            [sys.executable, "-c", ASKS], env=own.environment(), cwd=own.work, capture_output=True, check=True
        )
        folders, cache, offline = json.loads(done.stdout)
        assert all(Path(folder).is_relative_to(place) for folder in folders), folders
        assert cache == str(tmp_path / "XDG_CACHE_HOME" / "pa-academy") or sys.platform != "linux"
        assert offline
    assert not place.exists()


def test_whatever_was_put_there_is_gone_afterwards():
    here = Path.cwd()
    with own_surroundings() as own:
        place = own.work.parent
        os.chdir(own.work)
        for _ in range(1500):
            os.mkdir("deep")  # noqa: PTH102
            os.chdir("deep")
        os.chdir(here)
        (own.home / "locked").mkdir(mode=0)
    assert not place.exists()

"""A net that a cell exports is a file of the site, also where the page comes from the execution cache."""

import gzip
import json
import shutil

import onnxruntime
import pytest
from bs4 import BeautifulSoup
from sites import TinySite

PAGE = """\
```{{code-cell}} ipython3
---
mystnb:
  figure:
    name: fig-net
    caption: A net.
  image:
    alt: A line.
---
import matplotlib.pyplot as plt
import torch
from academy.web.exports import export

torch.manual_seed(0)
net = torch.nn.Linear(4, {outputs})
export(net, torch.rand(100, 4), "lesson1-net")
plt.plot([0, 1]);
```

```{{interactive}} anything
:figure: fig-net
:height: 10rem 20rem
:model: {model}
```
"""


def text(outputs=2, model="lesson1-net"):
    return PAGE.format(outputs=outputs, model=model)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = TinySite(tmp_path_factory.mktemp("models"))
    site.lesson("lesson1", text())
    first = site.build()
    assert first.returncode == 0, first.text
    assert first.executed == {"lesson1"}
    return site


def models(site):
    folder = site.folder / "_build/html/_static/models"
    return {path.name.split(".")[0]: path for path in folder.glob("*.gz")}


def listed(site):
    page = site.folder / "_build/html/lessons/1-topic/lesson1.html"
    place = BeautifulSoup(page.read_text(), "html.parser").find(attrs={"data-interactive": True})
    return {
        part: ((page.parent / file["address"]).resolve(), file["bytes"])
        for part, file in json.loads(place["data-files"]).items()
    }


def works(path, outputs):
    session = onnxruntime.InferenceSession(gzip.decompress(path.read_bytes()))
    return session.get_outputs()[0].shape[1] == outputs


def test_the_page_names_address_and_bytes_of_all_that_it_needs(site):
    files = listed(site)
    assert set(files) == {"script", "machine", "model"}
    for path, size in files.values():
        assert path.stat().st_size == size
    assert works(files["model"][0], 2)
    assert gzip.decompress(files["machine"][0].read_bytes()).startswith(b"\0asm")


def test_a_page_from_the_cache_still_has_its_net(site):
    before = models(site)["lesson1-net"].read_bytes()
    shutil.rmtree(site.folder / "_build/html")
    shutil.rmtree(site.folder / "_build/.doctrees")
    build = site.build()
    assert build.returncode == 0, build.text
    assert build.executed == set()
    assert models(site)["lesson1-net"].read_bytes() == before
    assert listed(site)["model"][0].is_file()


def test_a_page_that_is_not_written_again_still_has_its_net(site):
    shutil.rmtree(site.folder / "_build/html/_static/models")
    build = site.build()
    assert build.returncode == 0, build.text
    assert build.executed == set()
    assert all(path.is_file() for path, _ in listed(site).values())


def test_another_net_takes_the_place_of_the_old_one(site):
    old = models(site)["lesson1-net"]
    site.lesson("lesson1", text(outputs=3))
    build = site.build()
    assert build.returncode == 0, build.text
    new = models(site)["lesson1-net"]
    assert new.name != old.name
    assert not old.exists()
    assert works(new, 3)


def test_a_net_that_no_cell_exports_fails_the_build(site):
    site.lesson("lesson1", text(model="lesson1-other"))
    build = site.build()
    assert build.returncode != 0
    assert "needs the model lesson1-other, which no cell of its page exports" in build.text

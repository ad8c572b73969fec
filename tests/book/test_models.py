"""What a cell exports, net or data, is a file of the site, also where the page comes from the cache."""

import gzip
import json
import shutil

import onnxruntime
import pytest
from bs4 import BeautifulSoup
from safetensors.torch import load
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
import json
import matplotlib.pyplot as plt
import torch
from academy.show.numbers import glue
from academy.web.exports import export, export_data

glue("lesson1-told", json.dumps({{"names": ["a \\"b\\" <c>", "−1"]}}))
torch.manual_seed(0)
net = torch.nn.Linear(4, {outputs})
export(net, torch.rand(100, 4), "lesson1-net")
export_data({{"numbers": torch.arange({outputs}.0)}}, {{"names": ["a", "b"]}}, "lesson1-data")
plt.plot([0, 1]);
```

```{{interactive}} anything
:figure: fig-net
:height: 10rem 20rem
:model: {model}
:data: {data}
:value: {value}
```
"""


def text(outputs=2, model="lesson1-net", data="lesson1-data", value="lesson1-told"):
    return PAGE.format(outputs=outputs, model=model, data=data, value=value)


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


def page(site):
    return site.folder / "_build/html/lessons/1-topic/lesson1.html"


def place(site):
    return BeautifulSoup(page(site).read_text(), "html.parser").find(attrs={"data-interactive": True})


def listed(site, attribute="data-files"):
    return {
        part: ((page(site).parent / file["address"]).resolve(), file["bytes"])
        for part, file in json.loads(place(site)[attribute]).items()
    }


def numbers(path):
    return load(gzip.decompress(path.read_bytes()))["numbers"].tolist()


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
    [(path, size)] = listed(site, "data-data").values()
    assert path.stat().st_size == size
    assert numbers(path) == [0, 1]


@pytest.mark.slow
def test_a_second_net_comes_without_what_runs_the_first(tmp_path):
    site = TinySite(tmp_path)
    site.lesson("lesson1", text().replace(":data:", ":second-model: lesson1-net\n:data:"))
    built = site.build()
    assert built.returncode == 0, built.text
    assert set(listed(site)) == {"machine", "model", "script"}
    assert listed(site, "data-second-files") == {"model": listed(site)["model"]}


def test_the_page_is_told_what_a_cell_glued(site):
    assert json.loads(place(site)["data-value"]) == {"names": ['a "b" <c>', "−1"]}


def test_a_page_from_the_cache_still_has_its_net(site):
    before = {name: path.read_bytes() for name, path in models(site).items()}
    shutil.rmtree(site.folder / "_build/html")
    shutil.rmtree(site.folder / "_build/.doctrees")
    build = site.build()
    assert build.returncode == 0, build.text
    assert build.executed == set()
    assert {name: path.read_bytes() for name, path in models(site).items()} == before
    assert listed(site)["model"][0].is_file()
    assert json.loads(place(site)["data-value"])["names"]


def test_a_page_that_is_not_written_again_still_has_its_net(site):
    shutil.rmtree(site.folder / "_build/html/_static/models")
    build = site.build()
    assert build.returncode == 0, build.text
    assert build.executed == set()
    assert all(
        path.is_file()
        for attribute in ("data-files", "data-data")
        for path, _ in listed(site, attribute).values()
    )


def test_other_files_take_the_place_of_the_old_ones(site):
    old = models(site)
    site.lesson("lesson1", text(outputs=3))
    build = site.build()
    assert build.returncode == 0, build.text
    new = models(site)
    for name in ("lesson1-net", "lesson1-data"):
        assert new[name].name != old[name].name
        assert not old[name].exists()
    assert works(new["lesson1-net"], 3)
    assert numbers(new["lesson1-data"]) == [0, 1, 2]


def test_what_no_cell_gives_fails_the_build(site):
    site.lesson("lesson1", text(model="lesson1-other", data="lesson1-net", value="lesson1-more"))
    build = site.build()
    assert build.returncode != 0
    assert "needs the model lesson1-other, which no cell of its page exports" in build.text
    assert "needs the data lesson1-net, which no cell of its page exports" in build.text
    assert "asks for the value lesson1-more, which no cell of its page glues" in build.text

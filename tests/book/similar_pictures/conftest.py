"""The search among similar pictures on a bare page, with an index that is made up here."""

import gzip
import html
import json
from types import SimpleNamespace

import pytest
import torch
from academy.web.sheets import sheet
from interactive_page import bare_page, calculator, visitor
from safetensors.torch import save

NAME = "similar-pictures"
NAMES = ["cat", "dog", "catfish", "bus", "car", "taxi"]
KINDS = ["animals", "vehicles"]
STYLES = ["One", "Two", "Three", "Four"]
SHADES = torch.arange(24, dtype=torch.uint8) * 10


@pytest.fixture(scope="session")
def index():
    """Six things of two kinds in four styles; vectors at random, two of them equal and one without length."""
    chance = torch.Generator().manual_seed(0)
    features = torch.randint(256, (24, 8), dtype=torch.uint8, generator=chance)
    pixels = torch.randint(-127, 128, (24, 5), dtype=torch.int8, generator=chance)
    features[13], pixels[20] = features[7], 0
    return SimpleNamespace(features=features, pixels=pixels)


@pytest.fixture(scope="session")
def data(index):
    """The index as a page gets it."""
    pictures = SHADES[:, None, None, None].expand(24, 3, 96, 96)
    tensors = {"features": index.features, "pixels": index.pixels, "pictures": sheet(pictures, columns=6)}
    texts = {"names": NAMES, "kinds": KINDS, "styles": STYLES}
    return save(tensors, {name: json.dumps(each) for name, each in texts.items()})


@pytest.fixture(scope="session")
def bare(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp(NAME)
    (folder / "index.gz").write_bytes(gzip.compress(data))
    size = (folder / "index.gz").stat().st_size
    listed = {"data": {"data": {"address": "index.gz", "bytes": size}}, "files": {}}
    attributes = {name: html.escape(json.dumps(files)) for name, files in listed.items()}
    with bare_page(folder, NAME, **attributes) as address:
        yield address


@pytest.fixture(scope="session")
def calculate(browser, bare):
    with calculator(browser, bare, NAME) as calculated:
        yield calculated


@pytest.fixture
def visit(browser, bare):
    with visitor(browser, bare, NAME, ".similar-pictures .ways") as opened:
        yield opened

"""The convolution in a browser, with three made-up filters."""

import gzip
import html
import json
from collections.abc import Iterator

import pytest
import torch
from interactive_page import bare_page, fixtures
from safetensors.torch import save

_, calculate, visit = fixtures("convolution", ".convolution .kernel input")


@pytest.fixture(scope="session")
def filters() -> torch.Tensor:
    return torch.linspace(-1.237, 1.237, 75).view(3, 1, 5, 5)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, filters: torch.Tensor) -> Iterator[str]:
    """The address of the bare page, beside which the filters lie as a build writes them."""
    folder = tmp_path_factory.mktemp("convolution")
    packed = gzip.compress(save({"filters": filters}))
    (folder / "filters.gz").write_bytes(packed)
    files = {"data": {"address": "filters.gz", "bytes": len(packed)}}
    with bare_page(folder, "convolution", data=html.escape(json.dumps(files))) as address:
        yield address

"""What tests of the app share: a cache for its indexes alone, and pictures that are told apart easily."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from academy.apps.pictures import index
from PIL import Image

Picture = Callable[[int], bytes]


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep indexes here; assets stay where they are."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr(index, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def picture() -> Picture:
    """Draw a small PNG of noise; each number gives another."""
    return noise


def noise(seed: int) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "PNG")
    return target.getvalue()

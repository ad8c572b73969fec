"""Pictures in a figure: as sharp as they are, in few bytes, and in the same colors."""

import base64
import io
import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from academy.show.figures import as_svg
from academy.show.pictures import smallest
from PIL import Image


@pytest.fixture
def stored():
    """Gives what the SVG of a figure of three inches holds of the picture it shows."""

    def shown(picture, **options):
        figure, axes = plt.subplots(figsize=(3, 3))
        axes.imshow(picture, **options)
        text = as_svg(figure)
        [embedded] = re.findall(r'base64,([^"]+)', text)
        [element] = ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}image")
        return Image.open(io.BytesIO(base64.b64decode(embedded))), element

    yield shown
    plt.close("all")


def test_a_picture_that_is_enlarged_keeps_its_pixels(stored):
    picture = np.random.default_rng(0).integers(0, 256, (28, 28, 3), dtype=np.uint8)
    image, element = stored(picture)
    assert np.array_equal(np.asarray(image), picture)
    assert "pixelated" in element.attrib["style"]


def test_a_picture_that_shrinks_is_stored_as_small_as_it_is_shown(stored):
    image, _ = stored(np.eye(600))
    assert image.width < 300


def test_who_asks_for_smooth_pictures_gets_them(stored):
    image, _ = stored(np.eye(28), interpolation="bilinear")
    assert image.width > 100


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "1"])
def test_a_picture_stays_the_same_and_never_grows(mode):
    noise = np.random.default_rng(0).integers(0, 256, (20, 30, 4), dtype=np.uint8)
    before = io.BytesIO()
    Image.fromarray(noise, "RGBA").convert(mode).convert("RGBA").save(before, "png")
    after = smallest(before.getvalue())
    assert len(after) <= len(before.getvalue())
    found, expected = (Image.open(io.BytesIO(each)).convert("RGBA") for each in (after, before.getvalue()))
    assert np.array_equal(np.asarray(found), np.asarray(expected))


def test_a_gray_picture_takes_one_channel_and_one_with_a_hole_keeps_it():
    gray, holed = io.BytesIO(), io.BytesIO()
    Image.new("RGBA", (8, 8), (90, 90, 90, 255)).save(gray, "png")
    Image.new("RGBA", (8, 8), (90, 90, 90, 0)).save(holed, "png")
    assert Image.open(io.BytesIO(smallest(gray.getvalue()))).mode == "L"
    assert Image.open(io.BytesIO(smallest(holed.getvalue()))).convert("RGBA").getpixel((0, 0))[3] == 0

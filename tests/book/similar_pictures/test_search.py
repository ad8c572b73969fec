"""The page's search, measure and pictures, against the same of Python."""

import base64

import numpy as np
import pytest
import torch
from academy.learn.search import precision_at, ranked
from torch.nn import functional as F
from torchvision.transforms import v2

READ = """
const bytes = Uint8Array.from(atob(given.data), (letter) => letter.charCodeAt(0));
const contents = data.contentsOf(bytes.buffer);
const {Collection} = collection;
const pictures = new Collection(contents, {width: 6 * 96});
"""
MODULES = "shared/data collection"


def cosines(vectors):
    """Give the cosine of each pair of rows, in whole numbers up to the last division; 0 without a length."""
    whole = vectors.long()
    lengths = whole.square().sum(dim=1).double().sqrt()
    products = lengths[:, None] * lengths
    return torch.where(products > 0, (whole @ whole.T).double() / products, 0.0)


def allowed(among, same):
    """Say which of the 24 pictures may be found for which."""
    thing, style = torch.arange(24) % 6, torch.arange(24) // 6
    other = ~torch.eye(24, dtype=torch.bool)
    if among == "others":
        other &= style[:, None] != style
    return other if same else other & (thing[:, None] != thing)


@pytest.mark.parametrize("way", ["features", "pixels"])
@pytest.mark.parametrize("among", ["others", "all"])
@pytest.mark.parametrize("same", [True, False])
def test_neighbors_and_cosines_are_those_of_python_bit_by_bit(calculate, index, data, way, among, same):
    found = calculate(
        f"{MODULES} shared/search",
        READ
        + """const vectors = pictures.vectors[given.way];
        return Array.from({length: 24}, (_, query) => search.nearest(
            vectors.cosines(vectors.row(query)), pictures.allowed(query, given), 5));""",
        {"data": base64.b64encode(data).decode(), "way": way, "among": among, "same": same},
    )
    expected = cosines(getattr(index, way))
    expected[~allowed(among, same)] = -2
    order = expected.argsort(dim=1, descending=True, stable=True)[:, :5]
    assert [[each["place"] for each in row] for row in found] == order.tolist()
    assert [[each["cosine"] for each in row] for row in found] == expected.gather(1, order).tolist()


@pytest.mark.parametrize("among", ["others", "all"])
@pytest.mark.parametrize("same", [True, False])
def test_precision_is_that_of_the_lesson(calculate, index, data, among, same):
    found = calculate(
        f"{MODULES} measure",
        READ
        + """const measured = new measure.Measure(pictures);
        return [
            await measured.scores(2, given, () => true), await measured.scores(2, given, () => false)];""",
        {"data": base64.b64encode(data).decode(), "among": among, "same": same},
    )
    kind = torch.arange(24) % 6 // 3
    for way in ("features", "pixels"):
        similarity = cosines(getattr(index, way)).masked_fill(~allowed(among, same), -2)
        each = precision_at(ranked(similarity, kind[:, None] == kind), 5)[12:18]
        assert found[0][way]["all"] == pytest.approx(each.mean().item())
        assert found[0][way]["kinds"] == pytest.approx([each[:3].mean().item(), each[3:].mean().item()])
    assert found[1] is None, "what is no longer wanted is not computed further"


@pytest.mark.parametrize(
    ("text", "things", "count"),
    [
        ("cat", [0, 2], 2),
        (" TAX ", [5], 1),
        ("vehicles", [3, 4, 5], 3),
        ("a", [0, 2, 4, 5], 4),
        ("", [], 0),
        ("x+", [], 0),
    ],
)
def test_a_name_is_found_by_part_of_it_or_else_its_kind(calculate, data, text, things, count):
    found = calculate(
        MODULES,
        READ + "return pictures.matching(given.text);",
        {"data": base64.b64encode(data).decode(), "text": text},
    )
    assert found == {"things": things, "count": count}


@pytest.mark.parametrize("size", [(96, 96), (50, 40), (97, 130), (180, 111), (1, 3)])
def test_a_picture_is_fitted_as_torchvision_fits_it(calculate, size):
    image = torch.rand(3, *size, generator=torch.Generator().manual_seed(1))
    found = calculate(
        "shared/resize own",
        """const image = resize.fitted({...given, data: Float32Array.from(given.data)}, 96);
        return [image.height, image.width, [...image.data], [...own.smallPixels(image)]];""",
        {"height": size[0], "width": size[1], "data": image.flatten().tolist()},
    )
    fit = v2.Compose([v2.Resize(96, v2.InterpolationMode.BICUBIC, antialias=True), v2.CenterCrop(96)])
    expected = fit(image)
    assert found[:2] == [96, 96]
    np.testing.assert_allclose(np.array(found[2]).reshape(3, 96, 96), expected, atol=1e-5)
    small = F.adaptive_avg_pool2d(expected, 8).flatten()
    np.testing.assert_allclose(found[3], small - small.mean(), atol=1e-5)

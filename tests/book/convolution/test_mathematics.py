"""Sums, sizes and fields in the browser's own engine, against PyTorch and numbers worked out by hand."""

import random

import pytest
import torch
from torch.nn import functional as F

SETTINGS = 400


def random_geometry(chance):
    return {
        "size": chance.randint(1, 5),
        "padding": chance.randint(0, 4),
        "stride": chance.randint(1, 3),
        "dilation": chance.randint(1, 3),
    }


def options(geometry):
    return {name: geometry[name] for name in ("padding", "stride", "dilation")}


def random_weight(chance):
    """A weight as a reader may write it, and the number that it is."""
    whole, hundredths, divisor = chance.randint(-9, 9), chance.randint(-999, 999), chance.randint(1, 25)
    return chance.choice(
        [
            (str(whole), whole),
            (f"{hundredths / 100:.2f}", hundredths / 100),
            (f"{whole}/{divisor}", whole / divisor),
        ]
    )


def random_case(chance):
    geometry = random_geometry(chance)
    side, size = chance.randint(5, 12), geometry["size"]
    picture = [[chance.randint(0, 9) for _ in range(side)] for _ in range(side)]
    written = [[random_weight(chance) for _ in range(size)] for _ in range(size)]
    return picture, written, geometry


def torch_sums(picture, kernel, geometry):
    """What PyTorch makes of it: nothing where it refuses."""
    images, weight = (torch.tensor(each, dtype=torch.float64)[None, None] for each in (picture, kernel))
    try:
        return F.conv2d(images, weight, **options(geometry))[0, 0]
    except RuntimeError:  # the kernel is larger than the padded picture
        return None


def test_sums_and_sizes_are_those_of_pytorch(calculate):
    chance = random.Random(0)
    cases = [random_case(chance) for _ in range(SETTINGS)]
    found = calculate(
        "convolution kernels",
        "return given.map(({picture, kernel, geometry}) => ({"
        "  sums: convolution.convolve(picture, kernels.valuesOf(kernel), geometry),"
        "  side: convolution.sideAfter(picture.length, geometry)}));",
        [
            {
                "picture": picture,
                "kernel": [[text for text, _ in row] for row in written],
                "geometry": geometry,
            }
            for picture, written, geometry in cases
        ],
    )
    refused = 0
    for (picture, written, geometry), ours in zip(cases, found, strict=True):
        expected = torch_sums(picture, [[value for _, value in row] for row in written], geometry)
        if expected is None:
            refused += 1
            assert ours == {"sums": [], "side": 0}
        else:
            assert ours["side"] == len(expected)
            torch.testing.assert_close(
                torch.tensor(ours["sums"], dtype=torch.float64), expected, rtol=0, atol=1e-9
            )
    assert 10 < refused < SETTINGS / 2


def torch_roads(sides, geometry, unit):
    """Count roads as slopes: with weights of one, each road from a pixel to the unit adds one."""
    ones = torch.ones(1, 1, geometry["size"], geometry["size"], dtype=torch.float64)
    maps = [torch.ones(1, 1, sides[0], sides[0], dtype=torch.float64, requires_grad=True)]
    for _ in sides[1:]:
        maps.append(F.conv2d(maps[-1], ones, **options(geometry)))
    assert [each.shape[-1] for each in maps] == sides
    return [slopes[0, 0] for slopes in torch.autograd.grad(maps[-1][0, 0, unit[0], unit[1]], maps)]


def test_a_unit_sees_exactly_the_pixels_along_which_pytorch_has_a_slope(calculate):
    chance = random.Random(1)
    looked_at = {1: 0, 2: 0, 3: 0}
    for _ in range(60):
        geometry, side = random_geometry(chance), chance.randint(5, 12)
        sides = calculate("field", "return field.sidesOf(given.side, given);", {"side": side, **geometry})
        if len(sides) == 1:
            continue
        sides = sides[: chance.randint(2, len(sides))]
        looked_at[len(sides) - 1] += 1
        unit = [chance.randrange(sides[-1]) for _ in "rc"]
        rows, columns = calculate(
            "field",
            "return given.unit.map((place) => field.roadsAlong(given.sides, given, place));",
            {"sides": sides, "unit": unit, **geometry},
        )
        expected = torch_roads(sides, geometry, unit)
        for along_rows, along_columns, slopes in zip(rows, columns, expected, strict=True):
            counts = torch.outer(torch.tensor(along_rows), torch.tensor(along_columns)).double()
            assert torch.equal(counts, slopes)
    assert min(looked_at.values()) > 5


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_the_formula_gives_the_side_of_the_field_away_from_the_border(calculate, layers):
    for size, stride, dilation in [(3, 1, 1), (3, 2, 1), (5, 1, 2), (2, 3, 1), (3, 2, 3), (1, 3, 2)]:
        geometry = {"size": size, "padding": 0, "stride": stride, "dilation": dilation}
        steps = calculate(
            "field", "return field.growth(given, given.layers);", {**geometry, "layers": layers}
        )
        sides = [200]
        for _ in range(layers):
            sides.append((sides[-1] - dilation * (size - 1) - 1) // stride + 1)
        slopes = torch_roads(sides, geometry, [sides[-1] // 2] * 2)[0]
        seen = slopes.sum(dim=1).nonzero()
        assert 1 + sum(steps) == (seen.max() - seen.min() + 1).item()


def test_a_sum_is_written_out_as_by_hand(calculate):
    lines = calculate(
        "words",
        "return words.sumLines(given.kernel, given.pixels);",
        {"kernel": [["-1", "0", "1"]] * 3, "pixels": [[0, 0, 0], [0, 0, 3], [0, 0, 3]]},
    )
    assert lines == {
        "lines": ["−1·0 + 0·0 + 1·0 = 0", "−1·0 + 0·0 + 1·3 = 3", "−1·0 + 0·0 + 1·3 = 3"],
        "total": "0 + 3 + 3 = 6",
    }
    lines = calculate(
        "words",
        "return words.sumLines(given.kernel, given.pixels);",
        {"kernel": [["1/9", "-0.25"], ["-2", "-1"]], "pixels": [[3, 2], [1, 4]]},
    )
    assert lines == {"lines": ["1/9·3 − 0.25·2 ≈ −0.17", "−2·1 − 1·4 = −6"], "total": "−0.17 − 6 ≈ −6.17"}


def test_the_size_is_named_with_its_numbers(calculate):
    first_layer = {"size": 5, "padding": 2, "stride": 2, "dilation": 1}
    assert calculate("words", "return words.sizeLine(28, given);", first_layer).endswith(
        "= ⌊(28 + 2·2 − 1·(5 − 1) − 1) / 2⌋ + 1 = ⌊27 / 2⌋ + 1 = 14."
    )
    assert calculate("words", "return words.leftOver(28, given);", first_layer) == (
        "No window reaches the last row and column, padding included."
    )
    too_large = {"size": 5, "padding": 1, "stride": 1, "dilation": 3}
    assert calculate("words", "return words.sizeLine(5, given);", too_large).endswith(
        "but 5 + 2·1 − 3·(5 − 1) − 1 = −6 is below 0."
    )
    refusal = calculate("words", "return words.refusal(5, given);", too_large)
    assert "spans 13 pixels" in refusal
    assert "5 + 2·1 = 7" in refusal


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("−0.25", "-0.25"),
        (" +3 ", "3"),
        (".5", "0.5"),
        ("-,5", "-0.5"),
        ("1/9", "1/9"),
        ("-0", "0"),
        ("0/7", "0"),
    ],
)
def test_weights_are_read_as_people_write_them(calculate, text, weight):
    assert calculate("kernels", "return kernels.weightOf(given) ?? null;", text) == weight


@pytest.mark.parametrize("text", ["", "a", "1/0", "1e3", "0x1", "100", "1.234", "--1", "1/2/3", "Infinity"])
def test_what_is_no_weight_is_refused(calculate, text):
    assert calculate("kernels", "return kernels.weightOf(given) ?? null;", text) is None

"""Maps, answers and what they are made of, in the browser's own engine, against PyTorch."""

import pytest
import torch
from feature_maps_page import MEAN, SIZES, SPREAD, moved
from torch.nn import functional as F

pytestmark = pytest.mark.xdist_group("feature-maps")  # one worker trains the net
PLACES = {"first": (7, 6), "second": (6, 8), "third": (3, 3)}
"""Of a layer's maps, with a field that lies inside of the picture, but for the last layer's."""
LAYERS = list(SIZES)
RUN = """
const net = new model.Model(given.files);
await net.load(() => {});
const shape = [given.count, 1, 28, 28];
const found = inside.insideOf(await net.run(Float32Array.from(given.pixels), shape));
"""


def numbers(texts, *shape):
    """Read numbers that came as text, which is faster for so many."""
    return torch.tensor([[float(value) for value in text.split(",")] for text in texts]).reshape(-1, *shape)


@pytest.fixture(scope="module")
def pictures(net):
    """Digits, moved digits and noise: 24 pictures."""
    chance = torch.Generator().manual_seed(0)
    noise = torch.rand(4, 1, 28, 28, generator=chance)
    return torch.cat([net.kept, moved(net.kept, 3, -2), noise])


def test_all_maps_and_logits_are_those_of_pytorch(calculate, files, net, pictures):
    found = calculate(
        "shared/model inside",
        RUN
        + "return found.map(({maps, means, logits}) => [...maps, means, logits].map((part) => part.join()));",
        {"files": files, "count": len(pictures), "pixels": pictures.flatten().tolist()},
    )
    expected = net.inside(pictures)
    assert len(found) == len(pictures) >= 20
    for texts, (name, values) in zip(zip(*found, strict=True), expected.items(), strict=True):
        difference = (numbers(texts, *values.shape[1:]) - values).abs().max().item()
        assert difference < 1e-4, name


def test_weights_and_digits_come_with_the_maps(calculate, files, net):
    found = calculate(
        "shared/model inside",
        RUN + "const [{kernels, biases, lastWeights, digits}] = found;"
        "return [...kernels, ...biases, lastWeights, digits].map((part) => part.join());",
        {"files": files, "count": 1, "pixels": [0] * 784},
    )
    convolutions = [layer for layer in net.layers if isinstance(layer, torch.nn.Conv2d)]
    expected = [each.weight for each in convolutions] + [each.bias for each in convolutions]
    for text, values in zip(found, [*expected, net.layers[-1].weight, net.kept], strict=True):
        torch.testing.assert_close(numbers([text], *values.shape)[0], values.detach(), atol=1e-6, rtol=1e-6)


@pytest.mark.parametrize("number", range(3))
def test_the_largest_sum_is_found_and_split_by_what_it_reads(calculate, net, number):
    layer = [each for each in net.layers if isinstance(each, torch.nn.Conv2d)][number]
    side = (28, 14, 7)[number]
    read = torch.randn(1, layer.in_channels, side, side, generator=torch.Generator().manual_seed(number))
    for map_ in (0, 3, layer.out_channels - 1):
        kernel, bias = layer.weight[map_ : map_ + 1].detach(), layer.bias[map_].item()
        options = {"stride": layer.stride, "padding": layer.padding}
        parts = torch.cat(
            [F.conv2d(read[:, [k]], kernel[:, [k]], **options) for k in range(layer.in_channels)], dim=1
        )[0]
        sums = parts.sum(dim=0) + bias
        found = calculate(
            "tracing inside",
            "return tracing.strongest(inside.LAYERS[given.number], Float32Array.from(given.read),"
            " Float32Array.from(given.kernels), given.bias);",
            {
                "number": number,
                "read": read.flatten().tolist(),
                "kernels": kernel.flatten().tolist(),
                "bias": bias,
            },
        )
        row, column = divmod(sums.argmax().item(), sums.shape[1])
        assert found["place"] == {"row": row, "column": column}
        assert found["sum"] == pytest.approx(sums.max().item(), abs=1e-4)
        torch.testing.assert_close(torch.tensor(found["parts"]), parts[:, row, column], atol=1e-4, rtol=0)


@pytest.mark.parametrize("number", range(3))
def test_the_frame_holds_exactly_the_pixels_with_a_slope(calculate, net, number):
    stop = (1, 3, 6)[number]
    row, column = PLACES[LAYERS[number]]
    pixels = torch.rand(64, 1, 28, 28, generator=torch.Generator().manual_seed(0)).requires_grad_()
    maps = net.layers[: stop + 1]((pixels - MEAN) / SPREAD)
    (slopes,) = torch.autograd.grad(maps[..., row, column].sum(), pixels)
    rows, columns = slopes.abs().sum(dim=(0, 1)).nonzero().T
    found = calculate(
        "inside",
        "return inside.fieldOf(inside.LAYERS[given.number], given);",
        {"number": number, "row": row, "column": column},
    )
    ends = {name: found[name] + found["side"] for name in ("top", "left")}
    assert [max(0, found["top"]), min(28, ends["top"]) - 1] == [rows.min(), rows.max()]
    assert [max(0, found["left"]), min(28, ends["left"]) - 1] == [columns.min(), columns.max()]


@pytest.mark.parametrize(("right", "down"), [(1, 0), (2, 0), (-4, 0), (0, 4), (3, -2)])
def test_off_is_how_far_maps_are_from_those_moved_along(calculate, net, right, down):
    still = net.inside(net.kept[4:5])
    there = net.inside(moved(net.kept[4:5], right, down))
    found = calculate(
        "tracing inside",
        """
        const of = (maps) => ({maps: maps.map((each) => Float32Array.from(each))});
        return inside.LAYERS.map((layer, number) =>
            tracing.offBy(number, layer, of(given.still), of(given.there), given));
        """,
        {
            "still": [still[name].flatten().tolist() for name in SIZES],
            "there": [there[name].flatten().tolist() for name in SIZES],
            "right": right,
            "down": down,
        },
    )
    for name, rim, pixels, off in zip(SIZES, (1, 2, 2), (2, 2, 4), found, strict=True):
        across, along = int(right / pixels), int(down / pixels)
        inner = torch.zeros_like(still[name])
        inner[..., rim:-rim, rim:-rim] = 1
        inner = inner * moved(inner, across, along)
        expected = moved(still[name], across, along)
        rest = ((there[name] - expected).abs() * inner).sum() / (expected.abs() * inner).sum()
        assert off == pytest.approx(rest.item(), abs=1e-4)
        if right % pixels == 0 and down % pixels == 0:
            assert off < 1e-4, "whole places: exactly along"
        elif name == "first":
            assert off > 0.1, "between places"


def test_no_probability_claims_to_be_all_and_no_number_to_be_less_than_nothing(calculate):
    shares = [0.004, 0.62, 0.994, 0.996, 0.9995]
    written = calculate("shared/answers", "return given.map(answers.percent);", shares)
    assert written == ["0.4%", "62%", "99%", "99.6%", "> 99.9%"]
    written = calculate("one_map", "return given.map(one_map.signed);", [-0.004, -0.2, 0.2, -10.0])
    assert written == ["+0.00", "−0.20", "+0.20", "−10.00"]


def test_answers_at_shifts_are_summed_up_in_words(calculate):
    answers = [7] * 160 + [1] * 6 + [9] * 3
    said, alone = calculate(
        "shifts", "return [shifts.summary(given), shifts.summary(given.map(() => 3))];", answers
    )
    assert said == "The answer stays 7 at 160 of 169 shifts by up to 6 pixels; it is 1 at 6, 9 at 3."
    assert alone == "The answer stays 3 at 169 of 169 shifts by up to 6 pixels."

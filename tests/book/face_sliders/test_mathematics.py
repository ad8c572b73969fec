"""The page's network against PyTorch's decoder and the app; nothing older stands over something newer."""

import math

import numpy as np
import pytest
import torch
from academy.apps.faces.sliders import sliders_of
from academy.lessons.lesson5.comparison import codes_of, images_of
from academy.lessons.lesson5.faces import face_split
from face_sliders_page import codes, lesson_run, pixels, told

FACES = """
async (positions) => {
    const load = (name) => import(new URL(`../../_static/js/${name}.js`, location.href));
    const [{Model}, {Faces}] = await Promise.all([load("shared/model"), load("face-sliders/faces")]);
    const model = new Model(document.querySelector("[data-interactive=face-sliders]").dataset.files);
    await model.load(() => {});
    const output = await model.run(Float32Array.from(positions.flat()), [positions.length, 64]);
    const made = await new Faces(model).of(positions);
    return {
        output: [...output],
        codes: made.map(({code}) => [...code]),
        pictures: made.map(({picture}) => [...picture.data]),
    };
}
"""
NEWEST = """
const asked = [], shown = [], answers = new Map();
const make = (wish) => {
    asked.push(wish);
    return new Promise((resolve, reject) => answers.set(wish, {resolve, reject}));
};
const wishes = new newest.Newest(make, (made, wish) => shown.push([made, wish]));
const settled = () => new Promise((resolve) => setTimeout(resolve));
"""


@pytest.fixture(scope="module")
def positions():
    """Each slider alone at both ends, the mean face, and twenty faces drawn at random."""
    ends = torch.cat([3 * torch.eye(64)[:8], -3 * torch.eye(64)[:8]])
    drawn = torch.randn(20, 64, generator=torch.Generator().manual_seed(0))
    return torch.cat([ends, torch.zeros(1, 64), (10 * drawn).round() / 10])


def test_sliders_are_named_and_turned_as_those_of_the_app_and_faces_are_those_of_pytorch(visit, positions):
    page = visit().page
    assert told(page)["names"] == [slider.name for slider in sliders_of(lesson_run())]
    found = page.evaluate(FACES, positions.tolist())
    output = torch.tensor(found["output"]).reshape(len(positions), -1)
    expected = codes(positions)
    images = images_of(lesson_run().network, expected)
    torch.testing.assert_close(output[:, :64], expected, rtol=0, atol=1e-4)
    torch.testing.assert_close(output[:, 64:].reshape(images.shape), images, rtol=0, atol=1e-4)
    torch.testing.assert_close(torch.tensor(found["codes"]), expected, rtol=0, atol=1e-4)
    shown = torch.tensor(found["pictures"]).reshape(len(positions), 64, 64, 4)
    rounded = (255 * images).permute(0, 2, 3, 1)
    torch.testing.assert_close(shown[..., :3].float(), rounded, rtol=0, atol=0.51)
    assert (shown[..., 3] == 255).all()


def test_the_lessons_faces_stand_where_the_encoder_puts_them(visit):
    run, page = lesson_run(), visit().page
    kept = face_split().validation.images[[103, 10]]
    expected = run.pca.sliders(codes_of(run.network, kept))
    signs = torch.tensor([slider.sign for slider in sliders_of(run)])
    expected[:, :8] *= signs
    found = torch.tensor(told(page)["faces"])
    torch.testing.assert_close(found, expected.clamp(-3, 3), rtol=0, atol=0.051)
    for positions, address in zip(told(page)["faces"], told(page)["pictures"]):
        picture = page.evaluate(
            """async (address) => {
                const picture = Object.assign(new Image(), {src: address});
                await picture.decode();
                const context = new OffscreenCanvas(64, 64).getContext("2d");
                context.drawImage(picture, 0, 0);
                return [...context.getImageData(0, 0, 64, 64).data];
            }""",
            address,
        )
        shown = np.array(picture).reshape(64, 64, 4)[..., :3]
        assert np.abs(shown - pixels(positions)).mean() < 6, "the face that comes with the page"


def test_of_wishes_that_come_meanwhile_the_last_one_counts(calculate):
    asked, shown = calculate(
        "shared/newest",
        NEWEST
        + """
        for (const wish of [1, 2, 3, 4]) wishes.want(wish);
        answers.get(1).resolve("one");
        await settled();
        wishes.want(5);
        answers.get(4).resolve("four");
        await settled();
        answers.get(5).resolve("five");
        await settled();
        return [asked, shown];
        """,
    )
    assert asked == [1, 4, 5], "one at a time, and none that a newer wish has overtaken"
    assert shown == [["one", 1], ["four", 4], ["five", 5]]


def test_what_cannot_be_made_shows_nothing_and_stops_nothing(calculate):
    asked, shown, failed = calculate(
        "shared/newest",
        NEWEST
        + """
        wishes.want(1);
        answers.get(1).resolve(null);
        await settled();
        const failing = wishes.want(2).catch((error) => error.message);
        answers.get(2).reject(new Error("out of memory"));
        const failed = await failing;
        wishes.want(3);
        answers.get(3).resolve("three");
        await settled();
        return [asked, shown, failed];
        """,
    )
    assert (asked, shown, failed) == ([1, 2, 3], [["three", 3]], "out of memory")


def test_faces_on_the_way_lie_straight_between_both(calculate):
    face, other = torch.randn(2, 64, generator=torch.Generator().manual_seed(1))
    found = calculate(
        "positions",
        "return [0, 0.3, 1].map((share) => positions.between(given[0], given[1], share));",
        [face.tolist(), other.tolist()],
    )
    ends = codes(torch.stack([face, other]))
    expected = torch.stack([torch.lerp(ends[0], ends[1], share) for share in (0, 0.3, 1)])
    torch.testing.assert_close(codes(torch.tensor(found)), expected, rtol=0, atol=1e-5)


def test_faces_are_drawn_from_the_normal_distribution_of_the_codes(calculate):
    drawn = torch.tensor(calculate("positions", "return [...Array(400).keys()].map(positions.drawn);"))
    assert drawn.shape == (400, 64)
    assert drawn.abs().max() <= 3
    assert drawn.mean().item() == pytest.approx(0, abs=4 / math.sqrt(drawn.numel()))
    assert drawn.std().item() == pytest.approx(1, rel=0.02)
    assert (drawn.T.corrcoef() - torch.eye(64)).abs().max() < 6 / math.sqrt(400), "sliders are independent"
    assert len(drawn.unique(dim=0)) == 400
    torch.testing.assert_close(10 * drawn, (10 * drawn).round())


def test_a_state_survives_its_link(calculate):
    usual = {"face": [0.1] * 64, "other": [0.2] * 64, "way": 0}
    face = [-3, 0, 1.5, *[0] * 60, -0.1]
    for settings in (
        usual,
        {"face": face, "other": [0] * 64, "way": 40},
        {"face": [0] * 64, "other": face, "way": 100},
    ):
        found = calculate(
            "state",
            "return state.decode(state.encode(given.settings, given.usual), given.usual);",
            {"settings": settings, "usual": usual},
        )
        assert found == {"settings": settings, "problems": [], "unknown": []}


@pytest.mark.parametrize(
    ("link", "problems", "unknown"),
    [
        ("face=1,x", ["face"], []),
        ("face=3.1", ["face"], []),
        ("face=1.25", ["face"], []),
        ("face=", ["face"], []),
        ("other=" + ",".join(["0"] * 65), ["other"], []),
        ("way=101&face=1e9", ["face", "way"], []),
        ("way=-1&__proto__=1", ["way"], ["__proto__"]),
    ],
)
def test_what_a_link_says_badly_is_named_and_the_usual_taken(calculate, link, problems, unknown):
    usual = {"face": [0.1] * 64, "other": [0.2] * 64, "way": 0}
    found = calculate(
        "state", "return state.decode(given.link, given.usual);", {"link": link, "usual": usual}
    )
    assert found == {"settings": usual, "problems": problems, "unknown": unknown}


def test_faces_that_a_link_gives_in_part_stand_at_0_for_the_rest(calculate):
    usual = {"face": [0.1] * 64, "other": [0.2] * 64, "way": 0}
    found = calculate("state", "return state.decode('face=0.5,-2', given).settings.face;", usual)
    assert found == [0.5, -2, *[0] * 62]

"""What the page answers, without a browser: also to programs that send what no page would."""

import math
import re

import gradio as gr
import pytest
from academy.apps.pictures.markup import skipped
from academy.apps.pictures.walk import BACK
from academy.apps.similar.desk import Desk
from academy.assets.errors import AssetError
from similar_engine import NAMES, ColorWheel, square

BOTH = ["hue", "place"]


@pytest.fixture
def desk():
    return Desk(ColorWheel())


@pytest.fixture
def upload(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    path = tmp_path / "blue.png"
    square(NAMES.index("blue")).save(path)
    return {"path": str(path)}


def names(page: str) -> list[str]:
    return re.findall(r'class="name">([^<]*)', page)


def go(desk, trail, place):
    return desk.go(None, 3, ["hue"], trail, gr.EventData(None, {"place": place}))


def test_a_place_of_no_known_form_leads_nowhere(desk):
    for place in (None, "two", 1.5, [1], 10**9):
        assert go(desk, [3], place)[1] == [3]
    assert desk.go(None, 3, ["hue"], [3], gr.EventData(None, {}))[1] == [3]


def test_the_nearest_come_first_and_scores_fall(desk, upload):
    page, trail = desk.begin(upload, 4, ["hue"])
    assert names(page)[0] == "blue"
    scores = [float(each) for each in re.findall(r"cosine ([\d.]+)<", page)]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)
    assert trail == []


@pytest.mark.parametrize(
    ("asked", "shown"),
    [(0, 1), (-5, 1), (3, 3), (3.0, 3), (10**9, 12), ("many", 6), (None, 6), (math.nan, 6), (math.inf, 6)],
)
def test_whatever_count_is_asked_for_some_are_shown(desk, upload, asked, shown):
    assert len(names(desk.begin(upload, asked, ["hue"])[0])) == shown


@pytest.mark.parametrize("sent", ["text", 5, {}, {"path": None}, ["a"]])
def test_an_upload_of_no_known_form_is_answered_in_a_sentence(desk, sent):
    assert "No file arrived. Choose a picture again." in desk.begin(sent, 3, BOTH)[0]


@pytest.mark.parametrize("backbones", [[], ["unknown"], None, "x", 7])
def test_without_a_known_backbone_it_says_what_to_choose(desk, upload, backbones):
    assert "Nothing is compared" in desk.begin(upload, 3, backbones)[0]


def test_a_file_that_is_gone_is_answered_in_a_sentence(desk, upload, tmp_path):
    assert "is not there" in desk.begin({"path": str(tmp_path / "gone.png")}, 3, BOTH)[0]


def test_the_trail_leads_on_and_back_and_no_farther(desk):
    page, trail = go(desk, [], 3)
    assert trail == [3]
    assert f"Neighbors of {NAMES[3]}" in page
    page, trail = go(desk, trail, 4)
    assert trail == [3, 4]
    page, trail = go(desk, trail, BACK)
    assert trail == [3]
    assert f"Neighbors of {NAMES[3]}" in page
    page, trail = go(desk, trail, BACK)
    assert (page, trail) == (desk.welcome, [])
    assert go(desk, trail, BACK) == (desk.welcome, [])


@pytest.mark.parametrize("place", [12, -2, 10**12])
def test_a_place_that_is_not_there_leads_nowhere(desk, place):
    assert go(desk, [3], place)[1] == [3]


def test_names_of_files_are_shown_as_text(desk, upload):
    class Hostile(ColorWheel):
        def found(self, hit):
            found = super().found(hit)
            return type(found)(found.place, found.score, '<img src=x onerror="a">', "<b>\x1b", found.picture)

    page = Desk(Hostile(skipped=["<script>"])).begin(upload, 3, BOTH)[0]
    assert "<img src=x" not in page
    assert "<b>" not in page
    assert "<script>" not in skipped(["<script>"])


def test_examples_differ_and_come_from_all_over_a_large_set():
    class Large(ColorWheel):
        count = 6244

        def found(self, hit):
            return type(super().found(hit._replace(place=0)))(hit.place, 1.0, str(hit.place), None, square(0))

    offered = [int(each) for each in names(Desk(Large()).welcome)]
    assert len(set(offered)) == len(offered) == 6
    assert min(offered) < 6244 / 4
    assert max(offered) > 6244 * 3 / 4


def test_one_reference_is_enough(upload):
    class Alone(ColorWheel):
        count = 1

        def around(self, place, backbone):
            return super().around(0, backbone)[:1]

    desk = Desk(Alone())
    assert len(names(desk.welcome)) == 1
    page, trail = go(desk, [], 0)
    assert trail == [0]
    assert "Neighbors of red" in page


def test_where_the_labeled_set_cannot_be_had_the_page_says_so():
    class Offline(ColorWheel):
        def quality(self):
            raise AssetError("no source delivered the emoji")

    assert "no source delivered the emoji" in Desk(Offline()).quality

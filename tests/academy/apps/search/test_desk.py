"""What the page answers, without a browser: also to programs that send what no page would."""

import base64
import csv
import io
import math
import re
from itertools import pairwise

import gradio as gr
import pytest
from academy.apps.pictures.walk import BACK
from academy.apps.search.desk import Desk, Scene
from academy.apps.search.wordings import AS_WRITTEN, AVERAGED
from academy.assets.errors import AssetError
from color_words import ColorWords
from similar_engine import NAMES, square

NOTHING = gr.EventData(None, None)


@pytest.fixture
def desk():
    return Desk(ColorWords())


@pytest.fixture
def upload(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    square(NAMES.index("blue")).save(tmp_path / "blue.png")
    return {"path": str(tmp_path / "blue.png")}


def ask(desk, words="", without="", upload=None, wording=AS_WRITTEN, count=3):
    return desk.act(words, without, upload, wording, count, Scene(), NOTHING)


def press(desk, scene, place, count=3):
    return desk.act("ignored", "", None, AS_WRITTEN, count, scene, gr.EventData(None, {"place": place}))


def names(page):
    return re.findall(r'class="name">([^<]*)', page)


def heading(page):
    return re.search(r"<h2[^>]*>([^<]*)", page)[1]


def alert(page):
    return re.search(r'role="alert" class="problem">([^<]*)', page)[1]


def test_words_find_what_is_nearest_to_them_with_falling_scores(desk):
    page, _ = ask(desk, "  something   blue ", count=5)
    assert heading(page) == "Nearest to “something blue”"
    assert names(page)[0] == "blue"
    assert set(names(page)[1:3]) == {"azure", "violet"}
    scores = [float(each) for each in re.findall(r"cosine (-?[\d.]+)<", page)]
    assert scores[:2] == [1.0, 0.87]  # the cosine of 30°
    assert scores == sorted(scores, reverse=True)


def test_a_picture_finds_pictures_and_adds_to_words(desk, upload):
    page, _ = ask(desk, upload=upload)
    assert heading(page) == "Nearest to your picture"
    assert names(page)[0] == "blue"
    page, _ = ask(desk, "green", upload=upload, count=1)  # blue is at 240°, green at 120°: between is cyan
    assert heading(page) == "Nearest to your picture and “green”"
    assert names(page) == ["cyan"]


def test_other_words_are_taken_away(desk, upload):
    page, _ = ask(desk, "yellow", "red", count=1)  # 60° less 0° points to 120°
    assert heading(page) == "Nearest to “yellow” without “red”"
    assert names(page) == ["green"]
    page, _ = ask(desk, without="azure", upload=upload, count=1)  # 240° less 210° points to 315°
    assert names(page)[0] in ("pink", "rose")


@pytest.mark.parametrize(
    ("words", "without", "sentence"),
    [
        ("", "red", "“Without” only takes away"),
        ("red", "red", "mean the same: nothing is left"),
        ("red " * 2_500, "", "has 9,999 characters; at most 200 are read. Write it shorter."),
        ("red", "x" * 201, "has 201 characters"),
        ("!!!", "", "In “!!!” is nothing that this model reads."),
        ("🦊", "", "In “🦊” is nothing that this model reads."),
        ("red", "?", "In “?” is nothing that this model reads."),
    ],
)
def test_words_that_cannot_be_searched_for_are_answered_in_a_sentence(desk, words, without, sentence):
    page, scene = ask(desk, words, without)
    assert sentence in alert(page)
    assert names(page) == []
    assert desk.show(5, scene) == page  # also after another count


@pytest.mark.parametrize("sent", ["", "  \n ", None, math.nan, 7, ["red"], {"red": 1}])
def test_without_words_or_picture_it_says_how_to_begin(desk, sent):
    assert ask(desk, sent, sent)[0] == desk.welcome
    assert heading(desk.welcome).startswith("Write what you look for")
    assert len(names(desk.welcome)) == 6


@pytest.mark.parametrize("sent", ["text", 5, {}, {"path": None}, ["a"], {"path": "/etc/passwd"}])
def test_an_upload_of_no_known_form_is_answered_in_a_sentence(desk, sent):
    assert alert(ask(desk, "red", upload=sent)[0]) == "No file arrived. Choose a picture again."


def test_a_file_that_is_no_picture_is_answered_in_a_sentence(desk, upload, tmp_path):
    (tmp_path / "blue.png").write_text("buy milk")
    assert "“blue.png” is a text" in alert(ask(desk, upload=upload)[0])


@pytest.mark.parametrize("wording", [None, 3, "unknown", ["{}"], math.nan, AVERAGED, "a photo of a {}"])
def test_whatever_wording_is_sent_words_are_read(desk, wording):
    assert names(ask(desk, "red", wording=wording)[0])[0] == "red"


@pytest.mark.parametrize(
    ("asked", "shown"), [(0, 1), (-5, 1), (3.0, 3), (10**9, 12), ("many", 12), (None, 12), (math.nan, 12)]
)
def test_whatever_count_is_asked_for_some_are_shown(desk, asked, shown):
    assert len(names(ask(desk, "red", count=asked)[0])) == shown


def test_a_press_leads_to_neighbors_and_back_to_what_was_asked(desk):
    first, scene = ask(desk, "red")
    page, scene = press(desk, scene, 8)
    assert heading(page) == "Neighbors of blue"
    assert set(names(page)[:2]) == {"azure", "violet"}
    page, scene = press(desk, scene, 2)
    assert heading(page) == "Neighbors of yellow"
    page, scene = press(desk, scene, BACK)
    assert heading(page) == "Neighbors of blue"
    page, scene = press(desk, scene, BACK)
    assert page == first
    assert press(desk, scene, BACK)[0] == first


def test_another_count_keeps_the_place_and_a_new_search_leaves_it(desk):
    _, scene = ask(desk, "red")
    _, scene = press(desk, scene, 8)
    page = desk.show(7, scene)
    assert heading(page) == "Neighbors of blue"
    assert len(names(page)) == 7
    page, scene = desk.act("red", "", None, AS_WRITTEN, 3, scene, NOTHING)
    assert heading(page) == "Nearest to “red”"
    assert scene.trail == []


@pytest.mark.parametrize("place", ["two", 1.5, [1], 12, -2, 10**12])
def test_a_place_of_no_known_form_leads_nowhere(desk, place):
    page, scene = ask(desk, "red")
    assert press(desk, scene, place) == (page, scene)


def test_a_set_of_one_has_no_neighbors_and_says_so_without_failing():
    page, _ = press(Desk(ColorWords(names=["red"])), Scene(), 0)
    assert heading(page) == "Neighbors of red"
    assert names(page) == []


def rows(page):
    content = base64.b64decode(
        re.search(r'download="classes.csv" href="data:text/csv;base64,([^"]*)"', page)[1]
    )
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def test_every_picture_is_in_one_class_and_in_the_table(desk):
    page = desk.sort("red\n\n  green \nblue\n", AS_WRITTEN)
    counts = re.findall(r"<h3>(\w+): (\d+) \((\d+)%\)", page)
    assert [name for name, *_ in counts] == ["red", "green", "blue"]
    assert sum(int(count) for _, count, _ in counts) == 12
    table = rows(page)
    assert [row["file"] for row in table] == [f"{name}.png" for name in NAMES]
    for name, count, _ in counts:
        assert [row["class"] for row in table].count(name) == int(count)
    assert table[0]["class"] == "red"
    # cosines 1, −1/2 and −1/2, times 10
    assert float(table[0]["probability"]) == pytest.approx(1 / (1 + 2 * math.exp(-15)), abs=1e-4)
    assert "red: " in re.search(r'role="status"[^>]*>([^<]*)', page)[1]


def test_examples_are_the_most_certain_and_the_least_without_one_twice(desk):
    page = desk.sort("red\ncyan", AS_WRITTEN)
    for section in page.split("<section>")[1:]:
        shown = re.findall(r'<li><img alt="Picture of (\w+)"', section)
        assert len(set(shown)) == len(shown) <= 6
        shares = [int(each) for each in re.findall(r"<span>(\d+)%</span>", section)]
        assert all(first >= second for first, second in pairwise(shares))
    assert "Least certain" in page


def test_a_class_without_pictures_is_told_so_too():
    page = Desk(ColorWords(names=["red", "rose"])).sort("red\ncyan", AS_WRITTEN)
    assert "cyan: 0 (0%)" in page


@pytest.mark.parametrize(
    ("classes", "sentence"),
    [
        ("", "0 classes are named. Write 2 to 40, one a line."),
        ("red", "1 class is named."),
        ("\n".join(["red"] * 100), "100 classes are named."),
        ("red\ngreen\nRed ", "“Red” is named twice"),
        ("red\n" + "x" * 10_000, "has 10,000 characters"),
        ("red\n!!!", "In “!!!” is nothing that this model reads."),
        (None, "0 classes are named."),
        (["red", "green"], "0 classes are named."),
        (math.nan, "0 classes are named."),
    ],
)
def test_classes_that_cannot_be_used_are_answered_in_a_sentence(desk, classes, sentence):
    page = desk.sort(classes, AS_WRITTEN)
    assert sentence in alert(page)
    assert "download" not in page


def test_names_of_others_are_shown_as_text(desk):
    page, _ = ask(desk, "red <img src=x onerror=alert(1)>", '"> <script> red')
    assert "<img src=x" not in page
    assert "<script>" not in page
    page = desk.sort("<b>bold</b> red\n<script> green", AS_WRITTEN)
    assert "<b>" not in page
    assert "<script>" not in page


def test_how_good_it_is_stands_beside_baseline_and_chance(desk):
    assert re.findall(
        r'scope="row">([^<]*)</th><td>(\d+%)</td><td>(\d+%)</td><td>([\d.]+%)', desk.quality
    ) == [
        ("recall@1, noto", "25%", "8%", "0.5%"),
        ("recall@10, noto", "60%", "30%", "5.0%"),
        ("recall@1, openmoji", "11%", "2%", "0.5%"),
        ("recall@10, openmoji", "36%", "10%", "5.0%"),
    ]
    assert "Nothing was trained." in desk.quality


def test_where_the_emoji_cannot_be_had_the_page_says_so():
    class Offline(ColorWords):
        @property
        def quality(self):
            raise AssetError("no source delivered the emoji")

    assert "no source delivered the emoji" in Desk(Offline()).quality

"""A deck names its chapter by the end of its path; what could be two chapters is refused."""

import json
from types import SimpleNamespace

import pytest
from academy_decks import chapter_content

SHARED = ["lessons/1-lines/lesson1", "old/lessons/1-lines/lesson1"]
PAGES = [*SHARED, "lessons/2-curves/lesson2", "lessons/2-curves/homework2"]


@pytest.fixture
def app(tmp_path):
    entry = {"address": "", "notebook": "", "colab": "", "sections": {}, "values": {}}
    listing = {page: entry | {"title": page} for page in PAGES}
    (tmp_path / "chapters.json").write_text(json.dumps(listing))
    (tmp_path / "figures.json").write_text("{}")
    return SimpleNamespace(outdir=tmp_path / "html" / "slides")


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("lesson2", "lessons/2-curves/lesson2"),
        ("2-curves/lesson2", "lessons/2-curves/lesson2"),
        ("lessons/1-lines/lesson1", "lessons/1-lines/lesson1"),
        ("old/lessons/1-lines/lesson1", "old/lessons/1-lines/lesson1"),
    ],
)
def test_the_end_of_a_path_that_tells_a_chapter_apart_names_it(app, name, page):
    assert chapter_content.listed(app, name)["title"] == page


@pytest.mark.parametrize("name", ["lesson1", "1-lines/lesson1"])
def test_what_could_be_two_chapters_is_refused_with_both(app, name):
    with pytest.raises(chapter_content.UnknownChapter) as refused:
        chapter_content.listed(app, name)
    assert f"`chapter: {name}` in the deck's front matter could be any of" in str(refused.value)
    assert ", ".join(SHARED) in str(refused.value)


@pytest.mark.parametrize("name", ["lesson3", "esson2", ""])
def test_what_is_no_chapter_is_refused_with_all_there_are(app, name):
    with pytest.raises(chapter_content.UnknownChapter) as refused:
        chapter_content.listed(app, name)
    assert all(page in str(refused.value) for page in PAGES)

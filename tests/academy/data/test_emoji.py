"""Emoji with names, words and four drawings each; the sets are fetched once into the shared cache."""

import pytest
import torch
from academy.data.emoji import STYLES, all_emoji, emoji_named, emoji_pictures, plain

pytestmark = pytest.mark.slow


def test_more_than_1500_things_have_one_name_in_all_four_styles() -> None:
    emoji = all_emoji()
    assert len(emoji) > 1_500
    assert len({each.name for each in emoji}) == len(emoji)
    assert len({each.code for each in emoji}) == len(emoji)


def test_no_skin_tone_is_listed_apart() -> None:
    tones = {"1f3fb", "1f3fc", "1f3fd", "1f3fe", "1f3ff"}
    assert not [each for each in all_emoji() if tones & set(each.code.split("-"))]


def test_names_and_keywords_are_those_of_the_character() -> None:
    apple, shirt = emoji_named(["red apple", "t shirt"])
    assert chr(int(apple.code, 16)) == "🍎"
    assert "fruit" in apple.keywords
    assert "red apple" not in apple.keywords
    assert chr(int(shirt.code, 16)) == "👕"


def test_nearly_all_have_words_to_search_by() -> None:
    without = [each.name for each in all_emoji() if not each.keywords]
    assert len(without) < 20


def test_an_unknown_name_is_named() -> None:
    with pytest.raises(KeyError, match="no emoji is called 'purple apple'"):
        emoji_named(["red apple", "purple apple"])


def test_pictures_keep_what_they_show_and_who_drew_them() -> None:
    pictures = emoji_pictures(emoji_named(["red apple", "fox"]), ["noto", "fluent"], side=32)
    assert pictures.images.shape == (4, 3, 32, 32)
    assert pictures.images.dtype == torch.uint8
    assert pictures.names == ("red apple", "fox", "red apple", "fox")
    assert pictures.styles == ("noto", "noto", "fluent", "fluent")


@pytest.mark.parametrize("style", STYLES)
def test_a_red_apple_is_red_on_white(style: str) -> None:
    (image,) = emoji_pictures(emoji_named(["red apple"]), [style]).images.float() / 255
    assert image[:, 0, 0].tolist() == [1, 1, 1]
    red, green, blue = image[:, 40:70, 30:70].mean(dim=(1, 2))
    assert red > 2 * green
    assert red > 2 * blue


@pytest.mark.parametrize("style", STYLES)
def test_drawings_that_are_not_square_fill_the_picture_too(style: str) -> None:
    (melon,) = emoji_pictures(emoji_named(["watermelon"]), [style]).images
    ink = (melon < 200).any(dim=0)
    columns = ink.any(dim=0).nonzero()[:, 0]
    assert columns[-1] - columns[0] > 60


def test_the_same_is_drawn_again() -> None:
    fox = emoji_named(["fox"])
    assert torch.equal(emoji_pictures(fox).images, emoji_pictures(fox).images)


def test_codes_with_and_without_the_mark_for_color_are_the_same() -> None:
    assert plain(["2764", "fe0f"]) == plain(["2764"]) == "2764"

"""The page cuts texts into the word pieces of the library: sentences, odd ones, and every character."""

import pytest
from academy.lessons.lesson7.first_layers import vocabulary
from academy.nets.minilm import tokenizer

ODD = [
    "",
    "   \t\n ",
    "Hello, World!",
    "ÀÉÎÕÜ ñandú Żółć naïve café CAFÉ İstanbul ΟΔΟΣ ὈΔΥΣΣΕΎΣ Straße ǅ ﬁne",
    "e\u0301 a\u0308o\u0323\u0302",
    "don't can’t “quoted” … — – 5$ 3.14 1,000 50% a_b x=y a+b <tag> ^~`|",
    "🙂 I ❤️ pizza 🍕🇦🇲 👩‍👩‍👧",
    "我喜欢机器学习 and 東京 日本語カタカナ 한국어 հայերեն русский العربية हिन्दी ไทย",
    "zero\u200bwidth soft\u00adhyphen no\u00a0break line\u2028end bom\ufeff null\0 bad\ufffd",
    "[MASK] is here, [CLS] and [SEP]; [mask] [PAD][UNK] [unused5] [[MASK]]",
    "a" * 100,
    "a" * 101,
    "pneumonoultramicroscopicsilicovolcanoconiosis antidisestablishmentarianism",
    "ÅÅ" * 60,
    "https://example.com/a?b=c&d=e#f me@example.com",
    "\U0001d400\U0001d401 ﷺ ½ ② Ⅷ ™ ﬃ",
    "tab\tnew\nline\rreturn\x0bvertical\x1cunit",
]
WHERE = [
    range(1, 0x3500),
    range(0x4DB0, 0x4E10),
    range(0x9FF0, 0xAC10),
    range(0xD790, 0xD800),
    range(0xE000, 0xE010),
    range(0xF8F0, 0x10080),
    range(0x1F000, 0x1FB00),
    range(0x2A6D0, 0x2A710),
    range(0x2F800, 0x2FA20),
]
"""Code points, all but most Chinese and Korean ones, surrogates, and what lies between."""


@pytest.fixture(scope="module")
def cut(calculate):
    def pieces(texts: list[str]) -> list[list[int]]:
        return calculate(
            "shared/tokenizer",
            """
            const cutter = new tokenizer.Tokenizer(given.pieces);
            return given.texts.map((text) => cutter.cut(text).map(({ id }) => id));
            """,
            {"pieces": vocabulary(), "texts": texts},
        )

    return pieces


def differences(cut, texts: list[str]) -> list[tuple[str, list[str], list[str]]]:
    named = tokenizer().convert_ids_to_tokens
    expected = tokenizer()(texts, truncation=False).input_ids
    return [
        (text, named(found), named(wanted))
        for text, found, wanted in zip(texts, cut(texts), expected, strict=True)
        if found != wanted
    ]


def test_sentences_are_cut_as_the_library_cuts_them(cut, sentences):
    assert len(sentences) == 50
    assert not differences(cut, sentences)


def test_odd_texts_are_cut_as_the_library_cuts_them(cut):
    assert not differences(cut, ODD)


def test_every_character_is_what_it_is_to_the_library(cut):
    known = set("".join(vocabulary()))
    characters = sorted(known | {chr(code) for codes in WHERE for code in codes})
    texts = [f"a{character}b" for character in characters]
    unlike = {text[1] for text, _, _ in differences(cut, texts)}
    assert not unlike & known
    assert min(unlike, default="\uffff") > "\u0600", (
        "the library's table of Unicode is older than the browser's"
    )
    assert len(unlike) < 400

"""The page's tokens, probabilities, cuts and surprise against the package and PyTorch."""

import itertools
import math
import unicodedata

import pytest
import torch
from academy.lessons.lesson7.in_page import facts
from academy.lessons.lesson7.novels import austen_byte_pairs, austen_split, tokens_of
from next_token_page import before, left, logits_after, surprise_at
from torch.nn import functional as F

pytestmark = pytest.mark.slow
TEXTS = [
    "",
    "Captain Wentworth was",
    " two  spaces\n\nand lines\n",
    "don't, o'clock -- Mr. Knightley's!",
    "don’t “quote” naïve café 東京 🙂 \u00a0\u2028\ufeff x_1",
]
WAYS = list(itertools.product([0.01, 0.05, 0.5, 1.0, 2.0, 5.0], [1, 5, 40, 1024], [0.01, 0.3, 0.9, 1.0]))
GPT = """
const load = (name) => import(new URL(`_static/js/${name}.js`, location.href));
const [{Model}, {Gpt}, {softmax}] = await Promise.all(
    ["shared/model", "next-token/gpt", "next-token/filters"].map(load));
const page = new DOMParser().parseFromString(await (await fetch("index.html")).text(), "text/html");
const model = new Model(page.querySelector("[data-interactive]").dataset.files);
await model.load(() => {});
const gpt = new Gpt(model, given.before);
"""


@pytest.fixture(scope="module")
def texts() -> list[list[int]]:
    """Tokens of 50 texts: none, strange ones, and any length of a novel that nothing was learned from."""
    novel = austen_split().validation
    lengths = [0, 1, 2, 3, 5, 8, 13, 40, 200, 1000]
    cut = [novel[997 * n : 997 * n + lengths[n % len(lengths)]] for n in range(45)]
    return [tokens_of(text).tolist() for text in (*TEXTS, *cut)]


@pytest.fixture(scope="module")
def logits(texts) -> list[torch.Tensor]:
    return [logits_after(ids) for ids in texts]


def test_texts_become_the_tokens_of_the_package_and_texts_again(calculate):
    pairs = austen_byte_pairs()
    letters = [chr(code) for code in range(0x3100) if unicodedata.category(chr(code)) != "Cn"]
    texts = [
        *TEXTS,
        austen_split().validation[:5000],
        *(f"a{letter}b {letter}c{letter} " for letter in letters),
    ]
    ids, again = calculate(
        "byte_pairs",
        """const pairs = new byte_pairs.BytePairs(JSON.parse(given.facts).merges);
        const ids = given.texts.map((text) => pairs.encode(text));
        return [ids, ids.map((each) => pairs.decode(each))];""",
        {"facts": facts(), "texts": texts},
    )
    assert again == texts
    assert ids == [pairs.encode(text) for text in texts]


def test_tokens_that_cut_a_letter_have_a_name(calculate):
    names = calculate(
        "byte_pairs",
        """const pairs = new byte_pairs.BytePairs(JSON.parse(given).merges);
        return ["é", " ", "\\n", " the"].map(
            (text) => pairs.encode(text).map((id) => [pairs.nameOf(id), pairs.wordsOf(id)]));""",
        facts(),
    )
    assert names == [
        [["byte 195", "byte 195"], ["byte 169", "byte 169"]],
        [["␣", "a space alone"]],
        [["¶", "the end of the paragraph"]],
        [["␣the", "“the” after a space"]],
    ]


def test_temperature_top_k_and_top_p_leave_what_the_chapters_functions_leave(calculate, logits):
    ways = itertools.cycle(WAYS)
    asked = [(each, [next(ways) for _ in range(4)]) for each in logits]
    found = calculate(
        "filters",
        """return given.map(([logits, ways]) => ways.map(
            ([temperature, k, p]) => [...filters.chances(logits, {temperature, k, p})]));""",
        [[each.tolist(), [list(way) for way in few]] for each, few in asked],
    )
    for (each, few), answers in zip(asked, found):
        expected = torch.stack([left(each, *way) for way in few])
        torch.testing.assert_close(torch.tensor(answers, dtype=torch.float64), expected, rtol=0, atol=1e-9)
        for (_, _, p), answer, right in zip(few, answers, expected):
            if p < 1:  # which leaves all, but for what rounds to nothing
                assert [chance > 0 for chance in answer] == (right > 0).tolist()


def test_tokens_as_likely_as_the_last_one_stay_too(calculate):
    found = calculate("filters", "return [...filters.topK(Float64Array.from([1, 3, 2, 2]), 2)].map(String)")
    assert found == ["-Infinity", "3", "2", "2"]


def test_a_token_is_drawn_where_its_chance_lies(calculate):
    likely = [0.0, 0.25, 0.0, 0.5, 0.25, 0.0]
    numbers = [0, 0.2499, 0.25, 0.7499, 0.75, 1 - 2**-32]
    found = calculate(
        "filters",
        """const likely = Float64Array.from(given.likely);
        return given.numbers.map((number) => filters.drawn(likely, number));""",
        {"likely": likely, "numbers": numbers},
    )
    assert found == [1, 1, 3, 3, 4, 4]
    assert calculate("filters", "return filters.drawn(Float64Array.from([0.3, 0.3, 0.3, 0]), 0.95)") == 2


def test_the_net_in_the_page_expects_what_pytorch_expects(calculate, texts, logits):
    found = calculate(
        "",
        GPT
        + """const found = [];
        for (const ids of given.texts) found.push([...softmax(await gpt.next(ids))]);
        return found;""",
        {"texts": texts, "before": before()},
    )
    assert max(map(len, texts)) > 128, "one of them is longer than what the net sees"
    expected = torch.stack(logits).softmax(dim=1)
    torch.testing.assert_close(torch.tensor(found), expected, rtol=0, atol=1e-4)


def test_its_surprise_is_the_cross_entropy_in_bits_and_that_of_the_chapter_in_longer_texts(calculate, texts):
    novel = tokens_of(austen_split().validation[20_000:24_000]).tolist()
    cut = [novel[:length] for length in (1, 63, 64, 65, 127, 128, 129, 192, 193, 500)]
    found = calculate(
        "",
        GPT
        + """const found = [];
        for (const ids of given.texts) found.push(await gpt.surprises(ids));
        return found;""",
        {"texts": [*texts[:20], *cut], "before": before()},
    )
    for ids, surprises in zip([*texts[:20], *cut], found):
        bits = [each["bits"] for each in surprises]
        assert bits == pytest.approx(surprise_at(ids), abs=1e-3)
    ids, surprises = cut[4], found[24]
    scores = torch.stack([logits_after(ids[:place]) for place in range(len(ids))])
    nats = F.cross_entropy(scores, torch.tensor(ids), reduction="none")
    assert [each["bits"] for each in surprises] == pytest.approx((nats / math.log(2)).tolist(), abs=1e-3)
    assert [each["likeliest"] for each in surprises] == scores.argmax(dim=1).tolist()
    shares = scores.softmax(dim=1).amax(dim=1).tolist()
    assert [each["share"] for each in surprises] == pytest.approx(shares, abs=1e-4)


def test_letters_that_the_novels_lack_are_replaced_or_left_out_and_named(calculate):
    found = calculate(
        "letters",
        """const {letters: known} = JSON.parse(given.facts);
        return given.texts.map((text) => {
            const fitted = letters.fitted(text, known);
            return [fitted.text, letters.changesOf(fitted)];
        });""",
        {"facts": facts(), "texts": ["Plain.", "“It’s” naïve — e\u0301", "in 1999 🙂\r\n東", "\u200d"]},
    )
    assert found == [
        ["Plain.", ""],
        [
            '"It\'s" naive -- e',
            'Replaced, as the novels write it: “ by ", ’ by \', ” by ", ï by i, — by --, é by e.',
        ],
        ["in 1 \n", "Left out, for the net has never read it: 9, 🙂, 東."],
        ["", ""],
    ]


def test_a_link_holds_any_text_and_all_settings(calculate):
    settings = {
        "task": "read",
        "text": 'Is it? "Yes; *you* & I = we, too," +1 100% said\n#she ~ 2*3f*',
        "added": [0, 1023, 7],
        "temperature": 0.35,
        "k": 3,
        "p": 0.9,
        "seed": 999_999,
        "own": "",
    }
    text, found, hurt = calculate(
        "state shared/address",
        """const text = state.encode(given);
        const hash = `#next-token?${text}`;
        const mailed = hash.replaceAll(/[?&=]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
        return [text, ...[hash, mailed].map((each) => state.decode(address.stateIn(each, "next-token")))];""",
        settings,
    )
    assert found == hurt == {"settings": settings, "problems": [], "unknown": []}
    assert text.startswith("task=read&text=Is+it*3f*")


def test_what_a_link_says_wrong_is_named_and_the_usual_taken(calculate):
    bad = "text=a*b&added=5,1024&temperature=0&k=0&p=0&seed=-1&own=" + "x" * 1001 + "&wey=1"
    found, usual = calculate("state", "return [state.decode(given), state.USUAL]", bad)
    assert found["settings"] == usual
    assert found["problems"] == ["text", "added", "temperature", "k", "p", "seed", "own"]
    assert found["unknown"] == ["wey"]

"""Vectors, shares, templates, word pieces and links of the search by words, against those of Python."""

import numpy as np
import pytest
import torch
from academy.apps.search.wordings import worded
from academy.lessons.lesson8.prompts import TEMPLATES
from academy.nets import minilm
from torch.nn import functional as F

ODD = [
    "",
    "sea creatures",
    "  An Elephant’s   TRUNK!\t",
    "café, naïve, Ångström, ﬁre",
    "don't stop—now (or later)…",
    "鯨 and くじら",
    "🐳 whale 🐳",
    "[MASK] [SEP] [mask]",
    "a" * 101,
    "antidisestablishmentarianism",
    "Ελληνικά ΣΟΦΟΣ",
    "zero\u200bwidth\u00a0space\r\nline",
    "word " * 300,
]
READER = "const reader = new texts.Texts({}, given.vocabulary);"
MODEL = """
const asked = [];
const model = {run: async (values, shape) => {
    asked.push(shape);
    return Float32Array.from({length: 2 * shape[0]}, (_, k) =>
        values[Math.floor(k / 2) * shape[1] + 1] + k % 2);
}};
"""


def test_word_pieces_are_those_of_the_library(calculate):
    vocabulary = minilm.tokenizer().get_vocab()
    texts = [*ODD, *(template.format("whale") for template in TEMPLATES)]
    found = calculate(
        "texts",
        READER + "return given.texts.map((each) => reader.numbersOf(each));",
        {"vocabulary": sorted(vocabulary, key=vocabulary.__getitem__), "texts": texts},
    )
    expected = minilm.tokenizer()(texts, truncation=True, max_length=minilm.LONGEST).input_ids
    assert found == expected


def test_a_text_without_a_known_word_is_refused_with_its_words(calculate):
    vocabulary = minilm.tokenizer().get_vocab()
    found = calculate(
        "texts",
        READER + "return given.texts.map((each) => reader.whyNot(each));",
        {
            "vocabulary": sorted(vocabulary, key=vocabulary.__getitem__),
            "texts": ["🙂", "?!", "[MASK]", "whale", "7"],
        },
    )
    assert [bool(each) for each in found] == [True, True, True, False, False]
    assert found[0] == "In “🙂” is nothing that this encoder reads. Write it in words."


def test_texts_of_equally_many_pieces_are_read_together_and_each_once(calculate):
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "cat", "dog", "sea"]
    shapes, vectors, again = calculate(
        "texts",
        MODEL
        + """const reader = new texts.Texts(model, given.vocabulary);
        const vectors = await reader.vectorsOf(given.texts);
        const shapes = asked.splice(0);
        await reader.vectorsOf(given.texts);
        return [shapes, vectors.map((each) => [...each]), asked];""",
        {"vocabulary": vocabulary, "texts": ["cat", "sea dog", "dog", "cat", *["sea"] * 20]},
    )
    assert shapes == [[3, 3], [1, 4]]
    assert vectors[:4] == [[4, 5], [6, 7], [5, 6], [4, 5]]
    assert again == []


@pytest.mark.parametrize("scale", [1, 10.667, 100])
def test_shares_of_rows_and_columns_are_torch_s(calculate, scale):
    cosines = torch.rand(4, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) * 2 - 1
    found = calculate(
        "matrix",
        """const numbers = ["row", "column", "cosines"];
        return numbers.map((each) => matrix.sharesOf(given.cosines, each, given.scale));""",
        {"cosines": cosines.tolist(), "scale": scale},
    )
    np.testing.assert_allclose(found[0], (scale * cosines).softmax(dim=1), atol=1e-12)
    np.testing.assert_allclose(found[1], (scale * cosines).softmax(dim=0), atol=1e-12)
    assert found[2] is None


def test_sums_and_ensembles_are_torch_s(calculate):
    three = F.normalize(torch.randn(3, 8, generator=torch.Generator().manual_seed(0)).double(), dim=1)
    found = calculate(
        "vectors",
        """const three = given.map((each) => Float64Array.from(each));
        const difference = vectors.sum([{vector: three[0], sign: 1}, {vector: three[1], sign: -1}]);
        return [[...vectors.unit(difference)], [...vectors.ensemble(three)]];""",
        three.tolist(),
    )
    np.testing.assert_allclose(found[0], F.normalize(three[0] - three[1], dim=0), atol=1e-12)
    np.testing.assert_allclose(found[1], F.normalize(three.mean(dim=0), dim=0), atol=1e-12)


def test_words_are_put_into_templates_as_the_app_puts_them(calculate):
    words = ["animal", "panda bear", "the Moon", "An  owl", "a", "$& dollar", "piece of clothing"]
    found = calculate(
        "templates",
        """const {words, templates: all} = given;
        return words.map((each) => all.map((template) => templates.worded(template, each)));""",
        {"words": words, "templates": TEMPLATES},
    )
    assert found == [[worded(each, template) for template in TEMPLATES] for each in words]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("animal, food ,  vehicle", ["animal", "food", "vehicle"]),
        ("a\nb;c,,\n", ["a", "b", "c"]),
        ("cat, cat", ["cat"]),
        (" , ", []),
    ],
)
def test_names_of_classes_stand_between_commas_or_on_lines(calculate, text, names):
    assert calculate("templates", "return templates.namesIn(given);", text) == names


def test_a_link_keeps_whatever_was_written_however_a_mail_program_writes_it(calculate):
    found = calculate(
        "state shared/address",
        """const catalogue = {names: ["whale", "tram"], styles: ["Fluent", "OpenMoji"]};
        const settings = {...state.usualOf(catalogue), ...given};
        const link = "#search-words?" + state.encode(catalogue, ["{}", "a {}"], settings);
        return [link, encodeURI(link), link.replaceAll("&", "&amp;")].map((each) =>
            state.decode(catalogue, ["{}", "a {}"], address.stateIn(each, "search-words")));""",
        {
            "words": "fish & chips = 100%, or? ~2c~ #1",
            "without": "“é”; <b>🐳</b>",
            "sentences": ["a, b", "c**d", "e=f", "x & y"],
            "pictures": ["tram", "whale", "whale", "tram"],
            "template": "all",
            "classes": "one, two; three",
        },
    )
    for each in found:
        assert each["problems"] == each["unknown"] == []
        assert each["settings"]["words"] == "fish & chips = 100%, or? ~2c~ #1"
        assert each["settings"]["without"] == "“é”; <b>🐳</b>"
        assert each["settings"]["sentences"] == ["a, b", "c**d", "e=f", "x & y"]
        assert each["settings"]["pictures"] == ["tram", "whale", "whale", "tram"]
        assert (each["settings"]["template"], each["settings"]["classes"]) == ("all", "one, two; three")


def test_what_a_link_says_that_cannot_be_is_named_and_the_usual_taken(calculate):
    found = calculate(
        "state",
        """const catalogue = {names: ["whale", "tram"], styles: ["Fluent", "OpenMoji"]};
        return state.decode(catalogue, ["{}"], "style=Noto&pictures=whale&scale=7&strange=1&template=9");""",
    )
    assert found["problems"] == ["style", "pictures", "scale", "template"]
    assert found["unknown"] == ["strange"]
    assert found["settings"]["style"] == "Fluent"

"""The page's numbers are those of PyTorch: weights cut out, shares, the sentences that come along, links."""

import pytest
import torch
from academy.lessons.lesson7.first_layers import (
    FIRST_LAYERS,
    PLACES,
    first_attention,
    places_of,
    vocabulary,
)
from academy.lessons.lesson7.looks import LOOKS, shares
from academy.lessons.lesson7.seen_sentences import EXAMPLES, sentence_seen
from academy.nets.minilm import HEADS, pieces_of

LONG = "one two three four five six seven eight nine ten " * 3


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_sentence_that_comes_along_is_read_back(calculate, net, text):
    found = calculate(
        "seen",
        "const {pieces, weights} = seen.seenIn(given); return {pieces, weights: [...weights]};",
        sentence_seen(net, text),
    )
    assert found["pieces"] == pieces_of(text)
    expected = first_attention(net, text)
    assert (torch.tensor(found["weights"]).view_as(expected) - expected).abs().max() < 1e-4


def test_examples_are_those_of_the_chapter(calculate):
    assert calculate("examples", "return examples.EXAMPLES;") == list(EXAMPLES)


def test_shares_are_those_of_the_chapter(calculate, net):
    text = EXAMPLES[1]
    found = calculate(
        "seen",
        """
        const read = seen.seenIn(given);
        return [1, 2, 3, 4].map((layer) => [...Array(12).keys()].map((k) =>
            seen.sharesOf(read, {layer, head: k + 1}).map(({share}) => share)));
        """,
        sentence_seen(net, text),
    )
    expected = shares(first_attention(net, text)).permute(1, 2, 0)  # (layers, heads, looks)
    assert (torch.tensor(found) - expected).abs().max() < 1e-4
    assert len(LOOKS) == expected.shape[-1]
    assert (
        calculate(
            "seen", "return seen.sharesOf({pieces: ['[CLS]', '[SEP]'], weights: []}, {layer: 1, head: 1});"
        )
        == []
    )


@pytest.mark.parametrize("length", [2, 9, PLACES])
def test_what_the_network_gives_is_cut_to_the_pieces(calculate, length):
    output = torch.rand(FIRST_LAYERS, HEADS, PLACES, PLACES)
    found = calculate(
        "seen",
        "return [...seen.weightsOf(Float32Array.from(given.output), given.length)];",
        {"output": output.flatten().tolist(), "length": length},
    )
    assert torch.equal(torch.tensor(found), output[:, :, :length, :length].flatten())


def test_the_network_gets_what_the_chapter_gives_it(calculate, net):
    for text in (LONG, "", "Fine."):
        found = calculate(
            "shared/tokenizer seen",
            """
            const read = seen.fitting(new tokenizer.Tokenizer(given.pieces).cut(given.text));
            return [...seen.inputOf(read).values];
            """,
            {"pieces": vocabulary(), "text": text},
        )
        assert found == places_of([text])[0].tolist()


def test_heads_do_what_their_names_say(calculate, net):
    heads = calculate("examples", "return examples.HEADS.map(([, head]) => [head.layer, head.head]);")
    before, after, negation, same, noun = [
        {text: first_attention(net, text)[layer - 1, head - 1] for text in EXAMPLES} for layer, head in heads
    ]
    for text in EXAMPLES:
        looks = shares(torch.stack([before[text], after[text]]))
        assert looks[LOOKS.index("the piece before"), 0] > 0.99
        assert looks[LOOKS.index("the piece after"), 1] > 0.5
    pieces = [pieces_of(text) for text in EXAMPLES]
    assert negation[EXAMPLES[3]][pieces[3].index("good"), pieces[3].index("not")] > 0.8
    first, second = (place for place, piece in enumerate(pieces[4]) if piece == "like")
    assert min(same[EXAMPLES[4]][first, second], same[EXAMPLES[4]][second, first]) > 0.4
    assert noun[EXAMPLES[0]][pieces[0].index("are"), pieces[0].index("keys")] > 0.5


TEXTS = [
    "Is 3 & 4 = 7? 100%, yes; a+b ~ c #1",
    "“Quoted”, naïve café 🙂 – it's <b>",
    "%3F %253F &amp; &amp;amp; ~26 ~~ ?x=1&layer=3",
    "The old man.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_link_keeps_any_sentence_also_where_a_mail_program_encodes_it(calculate, text):
    settings = {"text": text, "layer": 3, "head": 12, "piece": 4}
    plain, mailed = calculate(
        "state shared/address",
        """
        const hash = new URL(address.addressOf("attention-heads", state.encode(given))).hash;
        const start = hash.indexOf("?") + 1;
        const mailed = hash.slice(0, start) + hash.slice(start).replaceAll("&", "%26").replaceAll("=", "%3D");
        return [hash, mailed].map((each) => state.decode(address.stateIn(each, "attention-heads")));
        """,
        settings,
    )
    for found in (plain, mailed):
        assert found == {"settings": settings, "problems": [], "unknown": []}


def test_words_say_what_the_numbers_are(calculate):
    read = {"text": "", "pieces": ["[CLS]", "a", "b", "[SEP]"], "leftOut": 3}
    weights = torch.zeros(FIRST_LAYERS * HEADS, 4, 4)
    weights[0] = torch.tensor([[1, 0, 0, 0], [0.9, 0.1, 0, 0], [0.6, 0.3, 0.06, 0.04], [1, 0, 0, 0]])
    look, habit, shortened = calculate(
        "sentences",
        """
        const seen = {...given, weights: Float32Array.from(given.weights)};
        const head = {layer: 1, head: 1};
        return [sentences.lookOf(seen, head, 2), sentences.habitOf(seen, head), sentences.shortened(seen)];
        """,
        {**read, "weights": weights.flatten().tolist()},
    )
    assert look == "Layer 1, head 1, from “b”: “[CLS]” 60%, “a” 30%, “b” 6%."
    assert habit == (
        "Mostly to [CLS]. Words of this sentence give 8% to themselves, 60% to the piece before, "
        "2% to the piece after, 75% to [CLS], 2% to [SEP]."
    )
    assert shortened == "The first 2 of 5 pieces are read; the others are too many."

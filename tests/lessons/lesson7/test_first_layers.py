"""The net for the page is the first layers of MiniLM, but for rounding."""

import pytest
import torch
from academy.data.sentences import sentence_split
from academy.lessons.lesson7.first_layers import (
    FIRST_LAYERS,
    PLACES,
    FirstLayers,
    elsewhere,
    first_attention,
    places_of,
    vocabulary,
)
from academy.nets.minilm import attention, minilm, pieces_of, tokenizer

pytestmark = pytest.mark.slow
LONG = "one two three four five six seven eight nine ten " * 3


@pytest.fixture(scope="module")
def net() -> FirstLayers:
    return FirstLayers().eval()


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    texts = sentence_split().validation.texts
    return [text for text in texts if len(pieces_of(text)) <= PLACES][:5]


def test_its_weights_are_those_of_the_whole_net_but_for_rounding(net, sentences):
    for text in sentences:
        found, whole = first_attention(net, text), attention(text)[:FIRST_LAYERS]
        assert found.sum(dim=-1).sub(1).abs().max() < 1e-5
        assert elsewhere(found, whole).max() < 0.06
        assert elsewhere(found, whole).mean() < 0.03
    assert elsewhere(found, found).max() == 0


def test_unrounded_it_is_the_whole_net(sentences):
    net = FirstLayers().eval()
    for name, part in net.named_modules():
        if hasattr(part, "step"):
            place = name.replace("pieces", "embeddings.word_embeddings")
            part.steps, part.step = original(place), torch.ones(1).expand(len(part.step), 1)
    text = sentences[0]
    assert (first_attention(net, text) - attention(text)[:FIRST_LAYERS]).abs().max() < 1e-5


def original(place: str) -> torch.Tensor:
    """Give the matrix of MiniLM that stands for a stored one."""
    names = {
        "queries": "attention.self.query",
        "keys": "attention.self.key",
        "values": "attention.self.value",
        "output": "attention.output.dense",
        "hidden": "intermediate.dense",
        "back": "output.dense",
    }
    if place.startswith("embeddings"):
        return minilm().embeddings.word_embeddings.weight.detach()
    _, layer, part, _ = place.split(".")
    return minilm().encoder.layer[int(layer)].get_submodule(names[part]).weight.detach()


def test_a_text_that_is_too_long_keeps_its_end_mark():
    ids = places_of([LONG, "Short."])
    assert ids.shape == (2, PLACES)
    assert ids[0, -1] == tokenizer().sep_token_id
    assert (ids[1] >= 0).sum() == len(pieces_of("Short."))


def test_no_text_reaches_a_row_that_is_empty(net):
    empty = {row for row, steps in enumerate(net.pieces.steps) if not steps.any()}
    names = vocabulary()
    assert empty == {row for row, name in enumerate(names) if name.startswith("[unused")}
    assert not empty & set(tokenizer()("[unused0] [unused99] unused5").input_ids)

"""What the section about GPT writes from scratch, against the package and PyTorch."""

from dataclasses import replace

import pytest
import torch
from academy.lessons.lesson7.characters import encode
from academy.lessons.lesson7.gpt import GPT, Size
from academy.lessons.lesson7.ngrams import KneserNey
from chapter_cells import definitions
from torch import nn

LETTERS = 96
LEARNED = "It is a truth universally acknowledged, that a single man must be in want of a wife.\n" * 2
UNSEEN = "However little known the feelings of such a man may be.\n"


@pytest.fixture(scope="module")
def section():
    """What the section defines."""
    return definitions("section-gpt")


@pytest.mark.parametrize("order", [1, 2, 5])
def test_counts_in_dictionaries_say_what_those_in_tensors_say(section, order):
    start = "\n" * (order - 1)
    table = section["count"](start + LEARNED, order)
    library = KneserNey(encode(LEARNED), order, LETTERS)
    library.levels = [replace(level, discount=0.5) for level in library.levels]
    padded = start + UNSEEN
    by_cells = [
        section["probability"](table, padded[place : place + order - 1], padded[place + order - 1])
        for place in range(len(UNSEEN))
    ]
    assert library.probabilities(encode(UNSEEN)).tolist() == pytest.approx(by_cells, rel=1e-12)


def test_grams_are_all_rows_of_that_length(section):
    assert section["grams"]("anne", 2) == ["an", "nn", "ne"]
    assert section["grams"]("an", 3) == []


def test_the_small_gpt_of_pytorchs_parts_is_the_packages():
    torch.manual_seed(0)
    ours = GPT(Size()).double().eval()
    for parameter in ours.parameters():
        nn.init.normal_(parameter, std=0.2)
    theirs = definitions("section-gpt")["SmallGPT"]().double().eval()
    names = {
        "attention.inputs.": "self_attn.in_proj_",
        "attention.output.": "self_attn.out_proj.",
        "net.0.": "linear1.",
        "net.2.": "linear2.",
        "attention_norm.": "norm1.",
        "net_norm.": "norm2.",
    }

    def their_name(name):
        if name.startswith("layers."):
            _, layer, part = name.split(".", 2)
            (beginning,) = (each for each in names if part.startswith(each))
            return f"layers.layers.{layer}.{part.replace(beginning, names[beginning])}"
        return name.replace("norm.", "layers.norm.")

    theirs.load_state_dict({their_name(name): each for name, each in ours.state_dict().items()})
    ids = torch.randint(1024, (2, 30), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        torch.testing.assert_close(theirs(ids), ours(ids), rtol=0, atol=1e-9)

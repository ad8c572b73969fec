"""The small GPT against transformers' GPT-2 and PyTorch's layers; what it sees; what the cache changes."""

import math

import pytest
import torch
from academy.lessons.lesson7.gpt import GPT, Size
from academy.lessons.lesson7.gpt_training import surprise
from academy.lessons.lesson7.sampling import drawn
from academy.lessons.lesson7.writing import written
from torch import nn

SMALL = Size(layers=3, width=24, heads=4, context=20, vocabulary=11)


@pytest.fixture
def network():
    torch.manual_seed(0)
    found = GPT(SMALL).double()
    for parameter in found.parameters():  # nothing at 0 or 1, where a mistake would not be seen
        nn.init.normal_(parameter, std=0.3)
    return found.eval()


@pytest.fixture
def ids():
    return torch.randint(11, (2, 20), generator=torch.Generator().manual_seed(1))


@pytest.mark.slow
def test_it_is_gpt_2(network, ids):
    from transformers import GPT2Config, GPT2LMHeadModel  # takes seconds

    config = GPT2Config(
        vocab_size=11, n_positions=20, n_embd=24, n_layer=3, n_head=4, activation_function="gelu"
    )
    theirs = GPT2LMHeadModel(config).double().eval()
    names = {
        "ln_1": "attention_norm",
        "attn.c_attn": "attention.inputs",
        "attn.c_proj": "attention.output",
        "ln_2": "net_norm",
        "mlp.c_fc": "net.0",
        "mlp.c_proj": "net.2",
    }
    ours, state = network.state_dict(), {}
    state["transformer.wte.weight"] = state["lm_head.weight"] = ours["tokens.weight"]
    state["transformer.wpe.weight"] = ours["places.weight"]
    for kind in ("weight", "bias"):
        state[f"transformer.ln_f.{kind}"] = ours[f"norm.{kind}"]
        for layer in range(3):
            for their_name, our_name in names.items():
                value = ours[f"layers.{layer}.{our_name}.{kind}"]
                state[f"transformer.h.{layer}.{their_name}.{kind}"] = value.mT if value.ndim == 2 else value
    theirs.load_state_dict(state)
    with torch.no_grad():
        torch.testing.assert_close(network(ids), theirs(ids).logits, rtol=0, atol=1e-10)


def test_its_layers_are_pytorchs_with_a_causal_mask(network):
    vectors = torch.randn(2, 20, 24, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    layer = network.layers[0]
    theirs = nn.TransformerEncoderLayer(
        24, 4, 96, dropout=0, activation="gelu", batch_first=True, norm_first=True, dtype=torch.float64
    )
    names = {
        "self_attn.in_proj_": "attention.inputs.",
        "self_attn.out_proj.": "attention.output.",
        "linear1.": "net.0.",
        "linear2.": "net.2.",
        "norm1.": "attention_norm.",
        "norm2.": "net_norm.",
    }
    ours = layer.state_dict()
    theirs.load_state_dict(
        {f"{a}{kind}": ours[f"{b}{kind}"] for a, b in names.items() for kind in ("weight", "bias")}
    )
    mask = nn.Transformer.generate_square_subsequent_mask(20, dtype=torch.float64)
    expected = theirs(vectors, src_mask=mask)
    torch.testing.assert_close(layer(vectors, network.cache()[0]), expected, rtol=0, atol=1e-10)


def test_no_place_sees_a_later_one(network, ids):
    changed = ids.clone()
    changed[:, 12] = (ids[:, 12] + 1) % 11
    differs = (network(ids) - network(changed)).abs().amax(dim=(0, 2)) > 1e-9
    assert differs.tolist() == 12 * [False] + 8 * [True]


@pytest.mark.parametrize("parts", [[20], [1] * 20, [5, 1, 1, 13], [12, 8]])
def test_with_a_cache_the_scores_are_the_same(network, ids, parts):
    cache = network.cache()
    pieces = [network(part, cache) for part in ids.split(parts, dim=1)]
    torch.testing.assert_close(torch.cat(pieces, dim=1), network(ids), rtol=0, atol=1e-10)


def test_more_than_the_context_is_refused(network, ids):
    with pytest.raises(ValueError, match="21 tokens do not fit in a context of 20"):
        network(torch.zeros(1, 21, dtype=torch.int64))
    cache = network.cache()
    network(ids, cache)
    with pytest.raises(ValueError, match="21 tokens do not fit"):
        network(ids[:, :1], cache)


def test_weights_are_counted_by_the_formula():
    for size in (SMALL, Size()):
        assert size.parameters() == sum(each.numel() for each in GPT(size).parameters())


def test_before_training_it_is_as_surprised_as_by_chance(ids):
    torch.manual_seed(0)
    assert surprise(GPT(SMALL), ids).mean().item() == pytest.approx(math.log2(11), abs=0.1)


@pytest.mark.parametrize("start", [1, 15, 20, 33])
def test_the_same_is_written_with_a_cache_and_without(network, start):
    beginning = torch.randint(11, (start,), generator=torch.Generator().manual_seed(3))
    texts = []
    for cached in (True, False):
        chance = torch.Generator().manual_seed(4)
        choose = lambda logits, chance=chance: drawn(logits, chance)  # noqa: E731
        texts.append(written(network, beginning, 40, choose, cached=cached).tolist())
    assert texts[0] == texts[1]
    assert texts[0][:start] == beginning.tolist()
    assert len(texts[0]) == start + 40


def test_each_token_is_chosen_by_what_stands_before(network):
    text = written(network, torch.tensor([3, 1]), 18, lambda logits: logits.argmax(dim=-1))
    with torch.no_grad():
        likeliest = network(text[None, :-1])[0].argmax(dim=-1)
    assert text[2:].tolist() == likeliest[1:].tolist()


def test_after_a_full_context_it_goes_on_from_the_later_half(network):
    text = written(network, torch.tensor([5]), 20, lambda logits: logits.argmax(dim=-1))
    with torch.no_grad():
        assert text[20] == network(text[None, :20])[0, -1].argmax()
        longer = written(network, text, 1, lambda logits: logits.argmax(dim=-1))
        assert longer[21] == network(text[None, 1:])[0, -1].argmax()  # a beginning fills the whole context
        further = written(network, torch.tensor([5]), 21, lambda logits: logits.argmax(dim=-1))
        assert further[21] == network(further[None, 11:21])[0, -1].argmax()


def test_without_a_beginning_it_says_so(network):
    with pytest.raises(ValueError, match="nothing to go on from"):
        written(network, torch.tensor([], dtype=torch.int64), 5, lambda logits: logits.argmax(dim=-1))

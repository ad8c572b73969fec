"""A language model that reads a picture as two made-up words: on a tiny Llama, and what is recorded."""

import pytest
import torch
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.kept_weights import file_of, with_weights
from academy.lessons.lesson8.name_scores import word_f1
from academy.lessons.lesson8.naming import NamedPictures, Training, fitted, said
from academy.lessons.lesson8.naming_runs import questions
from academy.lessons.lesson8.prefix import AFTER, BEFORE, PrefixNamer
from academy.nets.smollm2 import Decoder, smollm2
from sites import ROOT
from stand_in_hub import letters
from torch.nn import functional as F
from transformers import LlamaConfig, LlamaForCausalLM

NAMES = ("ox", "cat", "sun")


@pytest.fixture
def tiny():
    """A decoder that knows nothing yet, and cuts texts into single bytes."""
    seed_everything(0)
    words = letters()
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        tie_word_embeddings=True,
        pad_token_id=0,
        bos_token_id=None,
        eos_token_id=words.eos_token_id,
        initializer_range=0.3,
    )
    return Decoder(LlamaForCausalLM(config).eval(), words)


@pytest.fixture
def namer(tiny):
    seed_everything(1)
    return PrefixNamer(tiny, features=8).eval()


@pytest.fixture
def pictures():
    vectors = torch.randn(3, 8, generator=torch.Generator().manual_seed(0))
    return NamedPictures(F.normalize(vectors, dim=1), NAMES)


def test_the_made_up_words_stand_in_the_gap_of_the_sentence(namer, tiny, pictures):
    prefix = namer.prefix(pictures.vectors)
    table = tiny.model.get_input_embeddings().weight
    assert prefix.shape == (3, len(BEFORE) + 2 + len(AFTER), 32)
    torch.testing.assert_close(prefix[1, : len(BEFORE)], table[tiny.tokenizer(BEFORE).input_ids])
    torch.testing.assert_close(prefix[1, -len(AFTER) :], table[tiny.tokenizer(AFTER).input_ids])
    gap = prefix[:, len(BEFORE) : -len(AFTER)]
    torch.testing.assert_close(gap.flatten(1), namer.made_up(pictures.vectors))


def test_with_vectors_of_true_words_it_is_the_language_model_itself(namer, tiny, pictures):
    table, ids = tiny.model.get_input_embeddings().weight, tiny.tokenizer("xy").input_ids
    with torch.no_grad():
        namer.made_up.weight.zero_()
        namer.made_up.bias.copy_(table[ids].flatten())
    (tokens,) = namer.tokens(["cat"])
    text = torch.tensor([tiny.tokenizer(f"{BEFORE}xy{AFTER} cat.").input_ids])
    expected = tiny.model(text[:, :-1]).logits[:, -len(tokens) :]
    torch.testing.assert_close(namer(pictures.vectors[:1], tokens[None, :-1]), expected)
    torch.testing.assert_close(
        namer.loss(pictures.vectors[:1], ["cat"]), F.cross_entropy(expected[0], tokens)
    )


def test_padding_after_a_short_name_changes_no_loss(namer, pictures):
    alone = [
        namer.loss(vector[None], [name]) * len(namer.tokens([name])[0])
        for vector, name in zip(pictures.vectors, NAMES)
    ]
    tokens = sum(len(each) for each in namer.tokens(NAMES))
    torch.testing.assert_close(namer.loss(pictures.vectors, NAMES), sum(alone) / tokens)


def test_only_the_layer_is_trained_and_kept(namer, tiny, pictures):
    before = {name: each.clone() for name, each in tiny.model.state_dict().items()}
    fitted(namer, pictures, Training(1e-2, 3, 3))
    assert set(namer.state_dict()) == {"made_up.weight", "made_up.bias"}
    for name, each in tiny.model.state_dict().items():
        torch.testing.assert_close(each, before[name], rtol=0, atol=0)


def test_what_is_learned_makes_each_pictures_own_name_the_likeliest(namer, pictures):
    losses = fitted(namer, pictures, Training(3e-2, 100, 3))
    assert losses[-1] < 0.6 * losses[0]
    for vector, name in zip(pictures.vectors, NAMES):
        with torch.no_grad():
            by_name = {each: namer.loss(vector[None], [each]).item() for each in NAMES}
        assert min(by_name, key=by_name.__getitem__) == name


def test_regression_hits_the_first_and_last_token_where_it_can(namer, tiny):
    """As many pictures as numbers, far apart: the weights are shrunk by a known factor, then stretched."""
    vectors = torch.eye(8) * 100.0  # so long that the ridge shrinks by 3 in 10,003
    names = ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"]
    namer.begin_with(NamedPictures(vectors, tuple(names)))
    table = tiny.model.get_input_embeddings().weight.detach()
    wanted = torch.stack(
        [table[[tiny.tokenizer(end).input_ids[0] for end in (" ", name[-1])]].flatten() for name in names]
    )
    mean = wanted.mean(dim=0)
    torch.testing.assert_close(namer.made_up(vectors), mean + 2 * (wanted - mean), rtol=1e-3, atol=1e-3)


@pytest.mark.slow
def test_a_training_begins_as_the_recorded_one(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "lessons/8-clip")
    import train_prefix

    recorded = read_sweep("lessons/lesson8/prefix")["settings"]
    assert (recorded["steps"], recorded["batch_size"]) == (train_prefix.STEPS, train_prefix.BATCH_SIZE)
    _, losses = train_prefix.trained(recorded["rate"], 2)
    assert losses == pytest.approx(recorded["losses"][:2], abs=0.01)


@pytest.mark.slow
def test_the_kept_layer_says_what_is_recorded():
    (row,) = (row for row in read_sweep("lessons/lesson8/prefix")["rows"] if row.get("way") == "trained")
    assert file_of("prefix").stat().st_size < 800_000
    namer = with_weights(PrefixNamer(smollm2()), "prefix")
    vectors, names = questions()["new"].pictures
    spoken = said(namer, vectors[:12])
    assert sum(one == other for one, other in zip(spoken, row["said"])) >= 11
    assert word_f1(row["said"], names[:200]).mean().item() == pytest.approx(row["word_f1"], abs=1e-4)

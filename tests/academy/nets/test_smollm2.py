"""SmolLM2's file, read as transformers reads it, and what comes next after a text."""

import numpy as np
import pytest
import torch
from academy.nets.smollm2 import File, model_of, next_words, smollm2, tokenizer_of
from gguf import GGMLQuantizationType, GGUFWriter, TokenType, quantize
from tokenizers import pre_tokenizers
from transformers import AutoModelForCausalLM, AutoTokenizer

NAME = "tiny.gguf"
WIDTH, HIDDEN, HEADS, KEY_HEADS, LAYERS = 64, 96, 4, 2, 2
MARKS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
CHAT = "{% for message in messages %}<|im_start|>{{ message['content'] }}<|im_end|>{% endfor %}"
TEXTS = ["a wood fire", "<|im_start|>Wood, 1998?\n\n  x<|im_end|>", "Zoë 🙂\tdoesn't", ""]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Holds a tiny file of SmolLM2's kind: rounded matrices, marks, pieces with merges, a chat template."""
    path = tmp_path_factory.mktemp("gguf")
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = ["o o", "Ġ w", "oo d"]
    pieces = [*MARKS, *letters, *(merge.replace(" ", "") for merge in merges)]
    file = GGUFWriter(path / NAME, "llama")
    file.add_name("tiny")
    file.add_vocab_size(len(pieces))
    file.add_context_length(128)
    file.add_embedding_length(WIDTH)
    file.add_feed_forward_length(HIDDEN)
    file.add_block_count(LAYERS)
    file.add_head_count(HEADS)
    file.add_head_count_kv(KEY_HEADS)
    file.add_rope_freq_base(1000.0)
    file.add_rope_dimension_count(WIDTH // HEADS)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_tokenizer_model("gpt2")
    file.add_tokenizer_pre("smollm")
    file.add_token_list(pieces)
    file.add_token_types([TokenType.CONTROL] * len(MARKS) + [TokenType.NORMAL] * (len(pieces) - len(MARKS)))
    file.add_token_merges(merges)
    file.add_bos_token_id(1)
    file.add_eos_token_id(2)
    file.add_unk_token_id(0)
    file.add_pad_token_id(2)
    file.add_chat_template(CHAT)
    for name, shape in shapes(len(pieces)).items():
        drawn = np.random.default_rng(len(name)).normal(size=shape).astype(np.float32)
        if len(shape) == 1:
            file.add_tensor(name, drawn)
        else:
            kind = GGMLQuantizationType.Q8_0 if name == "token_embd.weight" else GGMLQuantizationType.Q4_1
            file.add_tensor(name, quantize(drawn, kind), raw_dtype=kind)
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()
    return path


def shapes(pieces):
    """Give the shape of each tensor by its name in the file."""
    keys = WIDTH // HEADS * KEY_HEADS
    layer = {
        "attn_norm": (WIDTH,),
        "attn_q": (WIDTH, WIDTH),
        "attn_k": (keys, WIDTH),
        "attn_v": (keys, WIDTH),
        "attn_output": (WIDTH, WIDTH),
        "ffn_norm": (WIDTH,),
        "ffn_gate": (HIDDEN, WIDTH),
        "ffn_up": (HIDDEN, WIDTH),
        "ffn_down": (WIDTH, HIDDEN),
    }
    layers = {
        f"blk.{number}.{part}.weight": shape for number in range(LAYERS) for part, shape in layer.items()
    }
    return {"token_embd.weight": (pieces, WIDTH), "output_norm.weight": (WIDTH,)} | layers


@pytest.mark.slow
def test_the_model_is_the_one_that_transformers_reads(folder):
    ours = model_of(File(folder / NAME))
    theirs = AutoModelForCausalLM.from_pretrained(folder, gguf_file=NAME, dtype=torch.float32).eval()
    for name, weights in theirs.state_dict().items():
        assert torch.equal(ours.state_dict()[name], weights), name
    ids = torch.randint(0, 256, (2, 20), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert torch.equal(ours(ids).logits, theirs(ids).logits)
    assert not ours.training


@pytest.mark.slow
def test_the_tokenizer_is_the_one_that_transformers_reads(folder):
    ours = tokenizer_of(File(folder / NAME))
    theirs = AutoTokenizer.from_pretrained(folder, gguf_file=NAME, padding_side="left")
    for text in TEXTS:
        ids = theirs(text).input_ids
        assert ours(text).input_ids == ids
        for skip in (False, True):
            assert ours.decode(ids, skip_special_tokens=skip) == theirs.decode(ids, skip_special_tokens=skip)
    assert ours(TEXTS, padding=True) == theirs(TEXTS, padding=True)
    assert ours.special_tokens_map == theirs.special_tokens_map
    chat = [{"role": "user", "content": "wood"}]
    assert ours.apply_chat_template(chat) == theirs.apply_chat_template(chat)


@pytest.mark.slow
def test_next_words_are_those_that_generation_scores_highest():
    text = "The keys to the old cabinet in my grandmother's kitchen"
    found = next_words(text, 5)
    model, words = smollm2()
    written = model.generate(
        **words(text, return_tensors="pt"),
        max_new_tokens=1,
        do_sample=False,
        output_scores=True,
        return_dict_in_generate=True,
    )
    shares = written.scores[0][0].softmax(dim=-1)
    likeliest = shares.argsort(descending=True)[:5]
    assert [piece for piece, _ in found] == [words.decode(token) for token in likeliest]
    torch.testing.assert_close(torch.tensor([share for _, share in found]), shares[likeliest])
    assert found[0][0] == words.decode(written.sequences[0, -1])


@pytest.mark.slow
def test_the_verb_follows_its_noun_and_not_the_one_before_it():
    after_many, after_one = (
        dict(next_words(f"The {noun} in my grandmother's kitchen"))
        for noun in ("keys to the old cabinet", "key to the old cabinets")
    )
    assert after_many[" are"] > 0.1
    assert " is" not in after_many
    assert after_one[" is"] > 0.1
    assert " are" not in after_one


def test_after_nothing_nothing_is_likely():
    with pytest.raises(ValueError, match="at least a word"):
        next_words("")

"""SmolLM2, a small pretrained decoder that was tuned to follow instructions, from its packaged file.

``transformers`` reads such files, too, but goes through all metadata again and again, which takes half a
minute.
"""

from contextlib import redirect_stderr
from functools import cache
from io import StringIO
from typing import Any, NamedTuple

import numpy as np
import torch
from gguf import GGUFReader, dequantize
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from academy.assets.cache import fetch

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
PARTS = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
"""What the file calls the parts of a layer and what is around layers, and what transformers calls them."""
SPECIAL = 3
"""The kind of token that stands for a mark, not for text."""


class Decoder(NamedTuple):
    """A decoder and what cuts its texts."""

    model: Any
    tokenizer: Any


class File(GGUFReader):
    """A GGUF file, seen as a plain array, which NumPy cuts into its 250,000 pieces three times as fast."""

    @property
    def data(self) -> Any:
        """All bytes of the file, mapped into memory."""
        return self._data

    @data.setter
    def data(self, mapped: Any) -> None:
        self._data = np.asarray(mapped)

    def value(self, key: str) -> Any:
        """Give what the metadata say under a key: a number, a text or a list of these."""
        return self.fields[key].contents()


@cache
def smollm2() -> Decoder:
    """Load SmolLM2; its weights, 4 bits each in the file, become float32.

    Raises:
        AssetUnavailable: If it cannot be had.

    Source: L. Ben Allal and others, *SmolLM2*, 2025, arXiv:2502.02737.
    """
    file = File(fetch("smollm2") / FILE)
    return Decoder(model_of(file), tokenizer_of(file))


def next_words(text: str, count: int = 5) -> list[tuple[str, float]]:
    """Give what SmolLM2 finds likeliest to come right after a text.

    Args:
        text: Anything but nothing.
        count: How many pieces to give.

    Returns:
        Pieces of text, words or beginnings of words, and their probabilities, the likeliest first.

    Raises:
        ValueError: If the text is empty.
    """
    if not text:
        raise ValueError("an empty text says nothing about what comes next: give at least a word")
    model, words = smollm2()
    with torch.no_grad():
        logits = model(**words(text, return_tensors="pt"), logits_to_keep=1).logits[0, -1]  # (tokens,)
    likeliest = logits.softmax(dim=-1).topk(count)
    return [(words.decode(token), share.item()) for token, share in zip(likeliest.indices, likeliest.values)]


def model_of(file: File) -> Any:
    """Build the model that a file describes, with its weights in float32, in evaluation mode."""
    config = LlamaConfig.from_dict(
        {
            "vocab_size": file.value("llama.vocab_size"),
            "hidden_size": file.value("llama.embedding_length"),
            "intermediate_size": file.value("llama.feed_forward_length"),
            "num_hidden_layers": file.value("llama.block_count"),
            "num_attention_heads": file.value("llama.attention.head_count"),
            "num_key_value_heads": file.value("llama.attention.head_count_kv"),
            "max_position_embeddings": file.value("llama.context_length"),
            "rms_norm_eps": file.value("llama.attention.layer_norm_rms_epsilon"),
            "rope_theta": file.value("llama.rope.freq_base"),
            "bos_token_id": file.value("tokenizer.ggml.bos_token_id"),
            "eos_token_id": file.value("tokenizer.ggml.eos_token_id"),
            "pad_token_id": file.value("tokenizer.ggml.padding_token_id"),
            "tie_word_embeddings": True,
        }
    )
    weights = {name_of(each.name): weights_of(each, config) for each in file.tensors}
    with redirect_stderr(StringIO()):  # a progress bar that nothing else turns off
        model = LlamaForCausalLM.from_pretrained(None, config=config, state_dict=weights, dtype=torch.float32)
    return model.eval()


def name_of(name: str) -> str:
    """Say what transformers calls a tensor: model.layers.3.mlp.up_proj.weight is blk.3.ffn_up.weight here."""
    *block, part, kind = name.split(".")
    return ".".join([*(["model.layers", block[1]] if block else []), PARTS[part], kind])


def weights_of(tensor: Any, config: LlamaConfig) -> torch.Tensor:
    """Make float32 of a tensor; rows of queries and keys come in another order in the file.

    There the two numbers that a rotary position turns together are neighbors; in transformers they lie
    half a head apart.
    """
    weights = torch.tensor(dequantize(tensor.data, tensor.tensor_type))
    heads = {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}
    part = tensor.name.split(".")[-2]
    if part in heads:
        weights = weights.unflatten(0, (heads[part], -1, 2)).transpose(1, 2).flatten(0, 2)
    return weights


def tokenizer_of(file: File) -> PreTrainedTokenizerFast:
    """Build the tokenizer that a file describes; it fills up on the left."""
    pieces = file.value("tokenizer.ggml.tokens")
    merges = [tuple(merge.split(" ")) for merge in file.value("tokenizer.ggml.merges")]
    cut = Tokenizer(models.BPE({piece: number for number, piece in enumerate(pieces)}, merges))
    cut.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    cut.decoder = decoders.ByteLevel()
    kinds = file.value("tokenizer.ggml.token_type")
    cut.add_special_tokens([piece for piece, kind in zip(pieces, kinds) if kind == SPECIAL])
    marks = {"bos_token": "bos", "eos_token": "eos", "unk_token": "unknown", "pad_token": "padding"}
    return PreTrainedTokenizerFast(
        tokenizer_object=cut,
        padding_side="left",
        chat_template=file.value("tokenizer.chat_template"),
        **{mark: pieces[file.value(f"tokenizer.ggml.{name}_token_id")] for mark, name in marks.items()},
    )

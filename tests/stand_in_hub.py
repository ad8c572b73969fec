"""A stand-in for the Hugging Face hub on loopback: tiny models of the classes that well-known ones have."""

import json

import torch
from academy.nets.minilm import tokenizer
from huggingface_hub import constants
from stand_in import sends
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    BertConfig,
    BertForMaskedLM,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    GPT2Config,
    GPT2LMHeadModel,
    PreTrainedTokenizerFast,
)

COMMIT = "0" * 40


def letters():
    """Make a tokenizer of single bytes, as GPT-2's is where it knows no longer piece."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    cut = Tokenizer(models.BPE({letter: number for number, letter in enumerate(alphabet)}, []))
    cut.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    cut.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(tokenizer_object=cut, eos_token="Ā")


def tiny_models():
    """Make a model of each class that the cell asks for, with its tokenizer."""
    torch.manual_seed(0)
    small = {"vocab_size": len(tokenizer())}
    return {
        "distilbert/distilbert-base-uncased-finetuned-sst-2-english": (
            DistilBertForSequenceClassification(
                DistilBertConfig(
                    **small,
                    dim=16,
                    hidden_dim=32,
                    n_layers=1,
                    n_heads=2,
                    id2label={0: "NEGATIVE", 1: "POSITIVE"},
                    label2id={"NEGATIVE": 0, "POSITIVE": 1},
                )
            ),
            tokenizer(),
        ),
        "google-bert/bert-base-uncased": (
            BertForMaskedLM(
                BertConfig(
                    **small, hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2
                )
            ),
            tokenizer(),
        ),
        "openai-community/gpt2": (
            GPT2LMHeadModel(GPT2Config(vocab_size=256, n_embd=16, n_layer=1, n_head=2, n_positions=64)),
            letters(),
        ),
    }


def serve_models(server, folder):
    """Have a stand-in server deliver models as the hub does."""
    become_hub(server)
    for name, (model, words) in tiny_models().items():
        kept = folder / name
        model.save_pretrained(kept)
        words.save_pretrained(kept)
        serve_folder(server, name, kept)


def become_hub(server):
    """Have a server say of what is not there that it is not there, in the hub's way."""

    class Answers(dict):
        def get(self, path, otherwise):
            return super().get(path, absent)

    def absent(request):
        request.send_response(404)
        request.send_header("X-Error-Code", "EntryNotFound")
        request.send_header("Content-Length", "0")
        request.end_headers()

    server.answers = Answers()


def serve_folder(server, name, folder):
    """Have a stand-in hub deliver the files of a folder as those of one model."""
    for file in folder.iterdir():
        headers = {"ETag": f'"{file.name}"', "X_Repo_Commit": COMMIT}
        server.answers[f"/{name}/resolve/main/{file.name}"] = sends(file.read_bytes(), **headers)
        server.answers[f"/{name}/resolve/{COMMIT}/{file.name}"] = sends(file.read_bytes(), **headers)
    about = {"id": name, "sha": COMMIT, "siblings": [], "tags": [], "private": False}
    server.answers[f"/api/models/{name}"] = sends(json.dumps(about).encode(), "application/json")
    server.answers[f"/api/models/{name}/revision/main"] = server.answers[f"/api/models/{name}"]


def point_to(server, folder, monkeypatch):
    """Have the hub's client ask a stand-in server, and keep what it gets in a folder."""
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, server.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "ENDPOINT", server.url)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(folder))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)

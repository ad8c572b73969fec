"""The cells of Lesson 7 that need the hub, on tiny models of the same classes from a stand-in on loopback."""

import json

import pytest
import torch
from academy.lessons.lesson7.encoder import tokenizer
from chapter_cells import cells
from huggingface_hub import constants
from sites import ROOT
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
    pipeline,
)

pytestmark = pytest.mark.slow

CHAPTER = ROOT / "lessons/7-transformers/lesson7.md"
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


@pytest.fixture
def hub(server, tmp_path, monkeypatch):
    """Has a stand-in server deliver models as the hub does; every other file is not there."""

    class Answers(dict):
        def get(self, path, otherwise):
            return super().get(path, absent)

    def absent(request):
        request.send_response(404)
        request.send_header("X-Error-Code", "EntryNotFound")
        request.send_header("Content-Length", "0")
        request.end_headers()

    server.answers = Answers()
    for name, (model, words) in tiny_models().items():
        folder = tmp_path / name
        model.save_pretrained(folder)
        words.save_pretrained(folder)
        for file in folder.iterdir():
            headers = {"ETag": f'"{file.name}"', "X_Repo_Commit": COMMIT}
            server.answers[f"/{name}/resolve/main/{file.name}"] = sends(file.read_bytes(), **headers)
            server.answers[f"/{name}/resolve/{COMMIT}/{file.name}"] = sends(file.read_bytes(), **headers)
        about = {"id": name, "sha": COMMIT, "siblings": [], "tags": [], "private": False}
        server.answers[f"/api/models/{name}"] = sends(json.dumps(about).encode(), "application/json")
        server.answers[f"/api/models/{name}/revision/main"] = server.answers[f"/api/models/{name}"]
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, server.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "ENDPOINT", server.url)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    return server


def test_three_pipelines_come_from_the_hub_and_answer(hub, capsys):
    (cell,) = (each for each in cells(CHAPTER) if "colab" in each.tags)
    names = {"pipeline": pipeline}
    exec(cell.source, names)
    said = capsys.readouterr().out.splitlines()
    assert names["feel_hub"]("Not bad at all!")[0]["label"] in ("NEGATIVE", "POSITIVE")
    assert isinstance(names["fill_hub"].model, BertForMaskedLM)
    assert len(names["fill_hub"]("A large [MASK] of water.")) == 5
    assert said[2].startswith("Once upon a time")
    for name in tiny_models():
        assert any(name in path for path in hub.asked)

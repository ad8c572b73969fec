"""What a stand-in hub delivers for Lesson 8: tiny models of the classes of CLIP and BLIP."""

import open_clip
import torch
from academy.nets.minilm import tokenizer
from open_clip import factory
from safetensors.torch import save_file
from stand_in_hub import serve_folder
from tokenizers import pre_tokenizers
from transformers import (
    BlipConfig,
    BlipForConditionalGeneration,
    BlipForQuestionAnswering,
    BlipImageProcessor,
    BlipProcessor,
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    CLIPProcessor,
    CLIPTokenizer,
)

OPEN_CLIP = "laion/CLIP-ViT-B-32-laion2B-s34B-b79K"
TINY_OPEN_CLIP = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 64, "layers": 1, "width": 32, "head_width": 16, "patch_size": 32},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1},
}
SMALL = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
SEEING = {**SMALL, "image_size": 32, "patch_size": 16}


def clip_letters():
    """Make a tokenizer of CLIP's class that knows single letters."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer({piece: number for number, piece in enumerate(pieces)}, [])


def tiny_clip():
    """Make a model and a processor of the classes that have OpenAI's weights."""
    words = clip_letters()
    marks = {"bos_token_id": words.bos_token_id, "eos_token_id": words.eos_token_id}
    text = {**SMALL, "vocab_size": len(words), **marks}
    pictures = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    model = CLIPModel(CLIPConfig(text_config=text, vision_config=SEEING, projection_dim=8))
    return model, CLIPProcessor(pictures, words)


def tiny_blip(kind):
    """Make a model of one of BLIP's classes, and its processor."""
    words = tokenizer()
    text = {
        **SMALL,
        "vocab_size": len(words) + 2,
        "bos_token_id": len(words),
        "sep_token_id": words.sep_token_id,
    }
    pictures = BlipImageProcessor(size={"height": 32, "width": 32})
    model = kind(BlipConfig(text_config=text, vision_config=SEEING, projection_dim=8))
    return model, BlipProcessor(pictures, words)


def tiny_models():
    """Make each model that the cells load with transformers, with its processor."""
    return {
        "openai/clip-vit-base-patch32": tiny_clip(),
        "Salesforce/blip-image-captioning-base": tiny_blip(BlipForConditionalGeneration),
        "Salesforce/blip-vqa-base": tiny_blip(BlipForQuestionAnswering),
    }


def serve_clip(server, folder, monkeypatch):
    """Have a stand-in hub deliver all of them, and OpenCLIP's weights, whose network is made tiny as well."""
    torch.manual_seed(0)
    for name, parts in tiny_models().items():
        for part in parts:
            part.save_pretrained(folder / name)
        serve_folder(server, name, folder / name)
    serve_open_clip(server, folder, monkeypatch)


def serve_open_clip(server, folder, monkeypatch):
    """Have a stand-in hub deliver OpenCLIP's weights alone."""
    monkeypatch.setitem(factory._MODEL_CONFIGS, "ViT-B-32", TINY_OPEN_CLIP)
    kept = folder / OPEN_CLIP
    kept.mkdir(parents=True)
    save_file(open_clip.create_model("ViT-B-32").state_dict(), kept / "open_clip_model.safetensors")
    serve_folder(server, OPEN_CLIP, kept)

"""Published towers from a stand-in hub on loopback: tiny ones of the same class."""

import logging
import pickle

import open_clip
import pytest
import torch
from academy.apps.search.choosing import chosen
from academy.apps.search.emoji_model import EmojiModel
from academy.apps.search.open_clip_model import OpenClip, known_tag, not_too_flat
from academy.assets.errors import AssetUnavailable
from open_clip import factory
from PIL import Image
from similar_engine import square
from stand_in import Server, sends
from stand_in_clip import OPEN_CLIP, TINY_OPEN_CLIP, serve_open_clip
from stand_in_hub import become_hub, point_to, serve_folder

NAME, TAG = "ViT-B-32", "laion2b_s34b_b79k"
WEIGHTS = f"/{OPEN_CLIP}/resolve/main/open_clip_model.safetensors"


@pytest.fixture
def server():
    """A stand-in server on loopback."""
    stand_in = Server()
    yield stand_in
    stand_in.close()


@pytest.fixture
def hub(server, tmp_path, monkeypatch):
    """A stand-in for the hub, which delivers the weights of a tiny model."""
    monkeypatch.delenv("ACADEMY_OFFLINE", raising=False)
    become_hub(server)
    serve_open_clip(server, tmp_path / "models", monkeypatch)
    point_to(server, tmp_path / "cache", monkeypatch)
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    server.answers["/"] = sends(b"")
    return server


def test_pictures_and_texts_are_what_open_clip_makes_of_them(hub):
    model = OpenClip(NAME, TAG)
    assert WEIGHTS in hub.asked
    network, _, prepare = open_clip.create_model_and_transforms(NAME, pretrained=TAG)
    network.eval()
    pictures, texts = [square(0).resize((90, 70)), square(8)], ["red", "a blue square"]
    with torch.no_grad():
        expected = network.encode_image(torch.stack([prepare(each) for each in pictures]), normalize=True)
        read = network.encode_text(open_clip.tokenize(texts), normalize=True)
    torch.testing.assert_close(model.features([model.prepare(each) for each in pictures]), expected)
    torch.testing.assert_close(model.texts(texts), read)
    assert model.scale == pytest.approx(network.logit_scale.exp().item())
    assert model.kept([]) is None


def test_what_features_depend_on_is_in_the_key(hub, monkeypatch):
    model = OpenClip(NAME, TAG)
    assert model.key == OpenClip(NAME, TAG).key
    assert set(model.key) <= {*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."}
    other = OpenClip(NAME, TAG)
    other.network.visual.proj.add_(1)
    assert other.key != model.key


@pytest.mark.parametrize("size", [(1, 3_000_000), (3_000_000, 1)])
def test_a_picture_of_any_shape_is_seen_in_little_memory(hub, size):
    model = OpenClip(NAME, TAG)
    assert model.prepare(Image.new("RGB", size)).shape == (3, 64, 64)


def test_a_long_picture_is_cut_in_its_middle():
    picture = Image.new("RGB", (100, 1_800), "red")
    picture.paste("blue", (0, 100, 100, 1_700))
    assert not_too_flat(picture).getcolors() == [(160_000, (0, 0, 255))]
    assert not_too_flat(square(0)) == square(0)


@pytest.mark.parametrize(
    ("text", "read"), [("fox", True), ("🦊", True), ("1", True), ("!?", False), ("", False)]
)
def test_it_knows_what_it_cannot_read(hub, text, read):
    assert OpenClip(NAME, TAG).reads(text) == read


def test_a_hub_that_does_not_have_the_weights_is_told_in_a_sentence(hub, caplog, capfd):
    del hub.answers[WEIGHTS]
    with pytest.raises(
        AssetUnavailable, match=rf"open_clip:{NAME}:{TAG} could not be had .*{OPEN_CLIP}.*--model"
    ):
        OpenClip(NAME, TAG)
    assert not [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert logging.root.manager.disable == 0


def test_damaged_weights_are_told_in_a_sentence(hub, tmp_path):
    file = tmp_path / "models" / OPEN_CLIP / "open_clip_model.safetensors"
    file.write_bytes(file.read_bytes()[:1_000])
    serve_folder(hub, OPEN_CLIP, file.parent)
    with pytest.raises(AssetUnavailable, match="could not be had"):
        OpenClip(NAME, TAG)


def test_weights_that_are_a_program_are_not_run(hub, tmp_path, monkeypatch):
    """Where there are no safetensors, a pickle of anything but tensors is refused."""
    touched = tmp_path / "touched"

    class Program:
        def __reduce__(self):
            return (open, (str(touched), "w"))

    folder = tmp_path / "models" / OPEN_CLIP
    for file in folder.iterdir():
        file.unlink()
    (folder / "open_clip_pytorch_model.bin").write_bytes(pickle.dumps(Program(), protocol=2))
    del hub.answers[WEIGHTS]
    serve_folder(hub, OPEN_CLIP, folder)
    with pytest.raises(AssetUnavailable, match="could not be had"):
        OpenClip(NAME, TAG)
    assert any(path.endswith("open_clip_pytorch_model.bin") for path in hub.asked)
    assert not touched.exists()


def test_where_the_hub_does_not_answer_its_client_is_not_asked(hub):
    del hub.answers["/"]
    with pytest.raises(
        AssetUnavailable, match=f"come from the Hugging Face hub, and {hub.url} does not answer"
    ):
        OpenClip(NAME, TAG)
    assert hub.asked == []


def test_weights_that_were_fetched_before_need_no_hub(hub):
    fetched = OpenClip(NAME, TAG)
    hub.close()
    assert OpenClip(NAME, TAG).key == fetched.key


def test_where_the_network_is_forbidden_nothing_is_asked(hub, monkeypatch):
    monkeypatch.setenv("ACADEMY_OFFLINE", "1")
    with pytest.raises(AssetUnavailable, match="which ACADEMY_OFFLINE forbids"):
        OpenClip(NAME, TAG)
    assert hub.asked == []


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("ViT-B-32", "laion2b_s34b_b79k"),
        ("ViT-L-14", "laion2b_s32b_b82k"),
        ("RN50", "openai"),
        ("ViT-B-16-SigLIP", "webli"),
    ],
)
def test_without_a_tag_well_known_weights_are_meant(name, tag):
    assert known_tag(name, None) == tag
    assert known_tag(name, tag) == tag


def test_an_unknown_name_is_told_with_those_most_like_it_and_no_long_list():
    with pytest.raises(
        ValueError, match=r"no weights for “vit-b32”\. There are ViT-B-32.* and \d+ more"
    ) as told:
        chosen("open_clip:vit-b32")
    assert len(str(told.value)) < 250
    with pytest.raises(ValueError, match=r"no weights “laion2b” for ViT-B-32\. There are .*laion2b_e16"):
        chosen("open_clip:ViT-B-32:laion2b")


@pytest.mark.parametrize(
    "model", ["", "clip", "emoji:x", "open_clip", "open_clip:", "hf-hub:a/b", "local-dir:/"]
)
def test_what_is_no_model_is_told_with_what_there_is(model):
    with pytest.raises(ValueError, match="Choose emoji, open_clip:NAME or open_clip:NAME:PRETRAINED"):
        chosen(model)


def test_models_are_chosen_and_not_yet_loaded():
    assert chosen("emoji") == (EmojiModel, None)
    assert chosen("open_clip:ViT-B-32").open_clip == (NAME, TAG)
    assert chosen("open_clip:ViT-B-32:openai").open_clip == (NAME, "openai")


def test_weights_that_were_trained_with_another_activation_get_it(hub, monkeypatch):
    """OpenAI's were; without it OpenCLIP warns, and every answer is slightly wrong."""
    monkeypatch.setitem(factory._MODEL_CONFIGS, "ViT-B-16", TINY_OPEN_CLIP)
    asked = []
    monkeypatch.setattr(
        open_clip,
        "create_model_and_transforms",
        lambda name, **settings: asked.append((name, settings)) or (_ for _ in ()).throw(OSError("gone")),
    )
    for tag in ("openai", "laion2b_s34b_b88k"):
        with pytest.raises(AssetUnavailable, match="gone"):
            OpenClip("ViT-B-16", tag)
    assert [settings["force_quick_gelu"] for _, settings in asked] == [True, False]

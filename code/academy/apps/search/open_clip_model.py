"""Published towers, as OpenCLIP loads them: the weights come from the Hugging Face hub, once."""

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import open_clip
import torch
from huggingface_hub import constants
from huggingface_hub.file_download import repo_folder_name
from open_clip.pretrained import get_pretrained_cfg, list_pretrained, list_pretrained_tags_by_model
from PIL import Image

from academy.apps.pictures.references import Reference
from academy.assets.colab import answers, hub
from academy.assets.errors import AssetUnavailable
from academy.assets.settings import OFFLINE_VARIABLE, is_offline
from academy.data.reading import in_quotes
from academy.foreign import cleaned
from academy.nets.features import network_key

PREFERRED = "laion2b"
"""Tags that begin so name weights whose pairs are a public list."""
NAMED = 6
"""Names that a refusal lists."""
LONGEST_REASON = 200
FLATTEST = 16
"""How many times as long as wide a picture may be; of a longer one the middle is seen."""


class OpenClip:
    """A model of OpenCLIP, ready for pictures and words.

    Source: M. Cherti and others, *Reproducible Scaling Laws for Contrastive Language-Image Learning*, 2023,
    arXiv:2212.07143.

    Args:
        name: Of the architecture, as ``"ViT-B-32"``.
        tag: Of the weights, as ``"laion2b_s34b_b79k"``; one of ``known_tag``.

    Raises:
        AssetUnavailable: If the weights cannot be had, or are damaged.
    """

    about_pictures = "It saw pictures of all kinds on the web, with what stood beside them."
    about_words = (
        "The words are read by a tower that learned beside pictures, mostly from English captions; of more "
        "than some 50 words it sees the first."
    )
    about_training = (
        "Whether these drawings were among the pairs that this model was trained on, nobody can say; emoji "
        "are all over the web."
    )

    def __init__(self, name: str, tag: str) -> None:
        self.title = f"OpenCLIP {name}, {tag}"
        self.name, self.tag = name, tag
        self.network, self.transform, self.tokenize = loaded(name, tag)
        self.scale = self.network.logit_scale.exp().item()

    @cached_property
    def key(self) -> str:
        """Name what its features depend on: weights, layers and how pictures are prepared."""
        plain = re.sub(r"[^\w.-]", "-", f"{self.name}-{self.tag}")
        prepared = sha256(repr(self.transform).encode()).hexdigest()[:8]
        return f"open_clip-{plain}-{prepared}-{network_key(self.network.visual)[:16]}"

    def prepare(self, picture: Image.Image) -> torch.Tensor:
        """Prepare a picture as in its training, shape (3, side, side), float32."""
        prepared: torch.Tensor = self.transform(not_too_flat(picture))
        return prepared

    def features(self, prepared: Sequence[torch.Tensor]) -> torch.Tensor:
        """Turn prepared pictures into unit vectors, shape (count, width)."""
        with torch.inference_mode():
            vectors: torch.Tensor = self.network.encode_image(torch.stack([*prepared]), normalize=True)
        return vectors.float()

    def reads(self, text: str) -> bool:
        """Tell whether a text has a letter, a digit or a symbol, such as an emoji."""
        return any(unicodedata.category(character)[0] in "LNS" for character in text)

    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        """Turn texts into unit vectors, shape (count, width)."""
        with torch.inference_mode():
            vectors: torch.Tensor = self.network.encode_text(self.tokenize([*texts]), normalize=True)
        return vectors.float()

    def kept(self, references: Sequence[Reference]) -> torch.Tensor | None:
        """Nothing came along."""
        return None


def not_too_flat(picture: Image.Image) -> Image.Image:
    """Cut a picture that is far longer than wide, or wider than long: resized, it would fill the memory."""
    width, height = picture.size
    shown = min(width, FLATTEST * height), min(height, FLATTEST * width)
    if shown == picture.size:
        return picture
    left, top = (width - shown[0]) // 2, (height - shown[1]) // 2
    return picture.crop((left, top, left + shown[0], top + shown[1]))


def known_tag(name: str, tag: str | None) -> str:
    """Find the tag of weights: the one asked for, or what suits most.

    Args:
        name: Of an architecture.
        tag: Of its weights; None for the last that was trained on LAION-2B, or else the first.

    Raises:
        ValueError: If there is no such architecture, or it has no such weights.
    """
    tags: list[str] = list_pretrained_tags_by_model(name)
    if not tags:
        names = sorted({each for each, _ in list_pretrained()})
        raise ValueError(f"OpenCLIP has no weights for {in_quotes(name)}. {listed(name, names)}")
    if tag is None:
        return [*tags[:1], *(each for each in tags if each.startswith(PREFERRED))][-1]
    if tag not in tags:
        raise ValueError(f"OpenCLIP has no weights {in_quotes(tag)} for {name}. {listed(tag, tags)}")
    return tag


def listed(asked: str, known: Sequence[str]) -> str:
    """Name some of what there is, the most alike first."""
    written = {each.casefold(): each for each in known}
    alike = [written[each] for each in get_close_matches(asked.casefold(), written, NAMED, 0.5)]
    chosen = [*dict.fromkeys([*alike, *known])][:NAMED]
    more = f" and {len(known) - len(chosen):,} more" if len(known) > len(chosen) else ""
    return f"There are {', '.join(chosen)}{more}."


def loaded(name: str, tag: str) -> tuple[Any, Any, Any]:
    """Load a model in evaluation mode, what prepares its pictures, and what cuts up its texts.

    Weights are read as safetensors, or as tensors and nothing else.

    Raises:
        AssetUnavailable: If they cannot be had, or are damaged.
    """
    settings = get_pretrained_cfg(name, tag)
    called = f"The weights open_clip:{name}:{tag}"
    if is_offline():
        raise AssetUnavailable(f"{called} come from the Hugging Face hub, which {OFFLINE_VARIABLE} forbids.")
    if not is_kept(settings["hf_hub"]) and not answers(hub()):  # its client would try for minutes
        raise AssetUnavailable(
            f"{called} come from the Hugging Face hub, and {hub()} does not answer. "
            "Look at the connection, or leave out --model."
        )
    try:
        with quiet():
            network, _, transform = open_clip.create_model_and_transforms(
                name, pretrained=tag, force_quick_gelu=settings.get("quick_gelu", False)
            )
            tokenize = open_clip.get_tokenizer(name)
    except Exception as error:  # of the hub's client, of the disk, of the files' readers
        raise AssetUnavailable(
            f"{called} could not be had from the Hugging Face hub ({settings['hf_hub'].strip('/')}): "
            f"{cleaned(str(error), LONGEST_REASON)} Look at the connection, or leave out --model."
        ) from error
    return network.eval().requires_grad_(False), transform, tokenize


def is_kept(place: str) -> bool:
    """Tell whether the hub's client keeps anything of a repository, which it then takes without a connection.

    Args:
        place: As OpenCLIP names it: owner, name, and perhaps a file.
    """
    owner, name, *_ = place.split("/")
    folder = repo_folder_name(repo_id=f"{owner}/{name}", repo_type="model")
    return Path(constants.HF_HUB_CACHE, folder, "snapshots").is_dir()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep OpenCLIP from logging what is told in a sentence."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(before)

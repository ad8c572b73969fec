"""The search by words on the lesson's page, its files, and what PyTorch makes of the same weights."""

import gzip
import json
import re
from copy import deepcopy
from functools import cache
from pathlib import Path

import torch
from academy.lessons.lesson8.page_encoders import picture_encoder, text_encoder
from academy.lessons.lesson8.shipped import clip
from academy.web.encoders import STEPS, TABLE_STEPS
from bs4 import BeautifulSoup
from lesson_visits import visits
from playwright.sync_api import Locator, Page, expect
from torch import nn

LESSON = "lessons/8-clip/lesson8.html"
NAME = "search-words"
PLACE = f"[data-interactive={NAME}]"
FETCH = re.compile(r"^Fetch the text encoder \(\d+\.\d MB\)$")
visit = visits(LESSON, NAME, ".search-words section")


def status(page: Page) -> Locator:
    """What the live region says."""
    return page.locator(".search-words .said")


def words(page: Page) -> Locator:
    """The field of what is searched for."""
    return page.get_by_role("searchbox", name="Words")


def names(page: Page) -> list[str]:
    """What was found, the nearest first."""
    return page.locator(".search-words .tiles .name").all_inner_texts()


def fetched(page: Page) -> Page:
    """Fetch the encoder, and wait for the first answer."""
    page.get_by_role("button", name=FETCH).click()
    expect(page.locator(".search-words .found")).to_have_text(re.compile("^Nearest to"))
    expect(page.locator(".search-words .matrix td").last).not_to_have_text("–")
    return page


def content(site: Path, attribute: str, part: str) -> bytes:
    """Return a file of the page, unpacked."""
    place = BeautifulSoup((site / LESSON).read_text(), "html.parser").select_one(PLACE)
    address = json.loads(place[attribute])[part]["address"]
    return gzip.decompress((site / LESSON).parent.joinpath(address).resolve().read_bytes())


@torch.no_grad()
def rounded(model: nn.Module) -> nn.Module:
    """Round the weights of an encoder in PyTorch as the page's file has them: a step an output or row."""
    for module in model.modules():
        if isinstance(module, nn.Embedding):
            round_rows(module.weight, TABLE_STEPS)
        elif isinstance(module, nn.Linear | nn.Conv2d) and module.weight[0].numel() >= 32:
            round_rows(module.weight, STEPS)
    if hasattr(model, "directions"):
        round_rows(model.directions, STEPS)
    return model.eval()


def round_rows(weights: torch.Tensor, most: int) -> None:
    """Round each row of weights to whole steps of its own."""
    rows = weights.flatten(1)
    step = rows.abs().amax(dim=1, keepdim=True) / most
    weights.copy_(((rows / step).round() * step).view_as(weights))


@cache
def page_texts() -> nn.Module:
    """The encoder of texts with the page's weights."""
    return rounded(deepcopy(text_encoder(clip())))


@cache
def page_pictures() -> nn.Module:
    """The encoder of pictures with the page's weights."""
    return rounded(picture_encoder(clip()))

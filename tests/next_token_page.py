"""The GPT that writes and reads, on a bare page, with the net as the chapter's own cell wraps it."""

from dataclasses import dataclass
from functools import cache

import torch
from academy.lessons.lesson7 import sampling
from academy.lessons.lesson7.gpt import GPT
from academy.lessons.lesson7.gpt_training import bits
from academy.lessons.lesson7.gpt_weights import lesson_gpt
from academy.lessons.lesson7.novels import PARAGRAPH_END, tokens_of
from academy.web.onnx_files import onnx_file
from chapter_cells import DEFINITION, cells
from sites import ROOT
from torch import nn

NAME = "next-token"
CONTEXT = 128


@dataclass(frozen=True)
class Net:
    """The lesson's GPT as PyTorch knows it, and its file."""

    gpt: GPT
    content: bytes


@cache
def lesson_net() -> Net:
    """Load the lesson's GPT, and write it as the chapter does."""
    gpt = lesson_gpt()
    names = {"nn": nn}
    for cell in cells(ROOT / "lessons" / "7-transformers" / "lesson7.md"):
        if cell.makes >= {"Scores"}:
            exec("".join(DEFINITION.findall(cell.source + "\n")), names)
    return Net(gpt, onnx_file(names["Scores"](gpt).eval(), torch.zeros(2, CONTEXT)))


def before() -> int:
    """The id that stands before each text."""
    return int(tokens_of(PARAGRAPH_END))


@torch.no_grad()
def logits_after(ids: list[int]) -> torch.Tensor:
    """The scores of what follows a text's tokens, as the chapter's `go_on` asks for them, shape (1024,)."""
    seen = torch.tensor([before(), *ids])[None, -CONTEXT:]
    return lesson_net().gpt(seen)[0, -1]


def left(logits: torch.Tensor, temperature: float, k: int, p: float) -> torch.Tensor:
    """The probabilities that a token is drawn with, by the chapter's functions; shape (1024,), float64."""
    warm = sampling.heated(logits.double(), temperature)
    return sampling.top_p(sampling.top_k(warm, k), p).softmax(dim=-1)


def surprise_at(ids: list[int]) -> list[float]:
    """The surprise at each token of a text in bits, as the chapter judges a novel."""
    return bits(lesson_net().gpt, torch.tensor(ids, dtype=torch.int64), before()).tolist()

"""How words are put before they are read: as written, in a template of Lesson 8, or in all of them."""

import re
from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional as F

from academy.apps.search.model import Model
from academy.lessons.lesson8.prompts import TEMPLATES, filled

AS_WRITTEN, AVERAGED = "{}", "averaged"
ARTICLE = re.compile(r"\A(a|an|the)\s+(?=\S)", re.IGNORECASE)


def choices() -> list[tuple[str, str]]:
    """List what can be chosen: what a person reads, and its value."""
    single = [(template.replace("{}", "…"), template) for template in TEMPLATES if template != AS_WRITTEN]
    return [("As written", AS_WRITTEN), (f"All {len(TEMPLATES)}, averaged", AVERAGED), *single]


def templates_of(choice: Any) -> Sequence[str]:
    """Give the templates of a choice; for what is none, the words as written."""
    if choice == AVERAGED:
        return TEMPLATES
    return (choice,) if isinstance(choice, str) and choice in TEMPLATES else (AS_WRITTEN,)


def worded(words: str, template: str) -> str:
    """Put words into a template; an article before them goes, since the template has its own."""
    return words if template == AS_WRITTEN else filled(template, ARTICLE.sub("", words, count=1))


def text_vectors(model: Model, texts: Sequence[str], templates: Sequence[str]) -> torch.Tensor:
    """Make one vector of each text in all templates: the mean of their unit vectors, made a unit vector.

    Source: A. Radford and others, *Learning Transferable Visual Models From Natural Language
    Supervision*, 2021, arXiv:2103.00020, section 3.1.4.

    Returns:
        Shape (texts, width), float32.
    """
    vectors = model.texts([worded(text, template) for text in texts for template in templates])
    return F.normalize(vectors.unflatten(0, (len(texts), len(templates))).mean(dim=1), dim=-1)

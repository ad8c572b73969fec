"""Classes written as captions: what each kind is called, and the sentences that it is put into."""

import re
from collections.abc import Iterable, Sequence

TEMPLATES = (
    "{}",
    "a {}",
    "the {}",
    "this is a {}",
    "a kind of {}",
    "a picture of a {}",
    "a photo of a {}",
    "a drawing of a {}",
    "a cartoon of a {}",
    "an icon of a {}",
    "an emoji of a {}",
    "a symbol for a {}",
    "a small colorful picture that shows a {}",
    "{}, emoji",
)
SHORT = {
    "faces": "face",
    "body parts": "body part",
    "people": "person",
    "animals": "animal",
    "plants": "plant",
    "meals": "meal",
    "places": "place",
    "vehicles": "vehicle",
    "clothes": "piece of clothing",
    "games": "game",
    "devices": "device",
    "signs": "sign",
}
"""Each kind in the singular."""
DESCRIBED = SHORT | {
    "faces": "smiley face",
    "people": "person with a job or hobby",
    "plants": "plant, fruit or vegetable",
    "meals": "dish or food",
    "places": "building or place",
    "games": "sport, game or toy",
    "devices": "electronic device or instrument",
    "signs": "sign with a symbol",
}
"""The same, with words for what belongs to it."""
WORDINGS = {"short": SHORT, "described": DESCRIBED}


def filled(template: str, word: str) -> str:
    """Put a word into a template, with the article that it needs: ``"a {}"`` becomes ``"an animal"``."""
    return re.sub(r"\ba (?=[aeiou])", "an ", template.format(word))


def prompts(words: Iterable[str], templates: Sequence[str]) -> list[tuple[str, ...]]:
    """Write each word in each template: one tuple a word."""
    return [tuple(filled(template, word) for template in templates) for word in words]

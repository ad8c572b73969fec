"""What a face run says of itself, in JSON: every entry is judged before anything is made of it."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from academy.compete.refused import Refused, a_few
from academy.compete.tensors import without_repeats
from academy.foreign import cleaned
from academy.lessons.lesson5.comparison import COMPONENTS
from academy.lessons.lesson5.judge import JUDGED
from academy.lessons.lesson5.losses import LOSSES
from academy.lessons.lesson5.training import Recipe
from academy.nets.autoencoders import DEPTHS

FILE = "metadata.json"
KINDS = ("avatars", "lfw", "celeba", "folder")
"""Of faces: drawn ones, Labeled Faces in the Wild, CelebA, pictures of somebody's own."""
MOST_LATENTS = 512
LONGEST_TEXT = 2_000
LONGEST_VALUE = 40
"""Characters of a wrong value that a sentence repeats."""


@dataclass(frozen=True)
class Knob:
    """What one principal component of the codes moves, as the judge sees it."""

    most: str
    """The attribute that it moves most, one of ``JUDGED``."""
    change: float
    """Of that one's probability from one end of the knob to the other, from −1 to 1."""
    purity: float
    """Share of that change in the sum of all attributes' changes, without signs."""
    clear: bool
    """Whether it moves that one more than any other, beyond chance."""


@dataclass(frozen=True)
class Figures:
    """What was measured on the faces kept back, but for the share: of the codes of those trained on."""

    psnr: float
    ssim: float
    perceptual: float
    kl: float
    """Mean of a face, in nats."""
    active: int
    """Latents that tell something."""
    share_8: float
    """Of the variance of the codes, in the first eight components."""


@dataclass(frozen=True)
class Metadata:
    """All that is said of a run."""

    data: str
    """One of ``KINDS``."""
    source: str
    """What the faces are, and what was left out."""
    training: int
    """Faces trained on."""
    validation: int
    """Faces kept back: the last ones."""
    recipe: Recipe
    figures: Figures
    knobs: tuple[Knob, ...]
    """Of the first eight components; none where nothing judges the faces, as of photos."""
    made: str
    """When, as in ``"2026-11-27T10:00:00+00:00"``."""
    device: str
    """What it was trained on."""
    torch: str
    """Version of PyTorch."""

    @property
    def made_at(self) -> datetime:
        """Give the time that it was made."""
        return datetime.fromisoformat(self.made)

    def as_json(self) -> str:
        """Write it down."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


class Rule(NamedTuple):
    """What a value must be."""

    asked: str
    """In words."""
    holds: Callable[[Any], bool]


def whole(least: int, most: int) -> Rule:
    """Ask for a whole number."""
    return Rule(
        f"a whole number from {least:,} to {most:,}",
        lambda value: type(value) is int and least <= value <= most,
    )


def number(least: float, most: float) -> Rule:
    """Ask for a number."""
    return Rule(
        f"a number from {least:,} to {most:,}",
        lambda value: type(value) in (int, float) and least <= value <= most,
    )


def one_of(options: Collection[str]) -> Rule:
    """Ask for one of some texts."""
    return Rule(f"one of {', '.join(options)}", lambda value: isinstance(value, str) and value in options)


def is_time(value: object) -> bool:
    """Tell whether a value is a time with its zone, without which no two can be compared."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


TEXT = Rule(
    f"a text of at most {LONGEST_TEXT:,} characters",
    lambda value: isinstance(value, str) and len(value) <= LONGEST_TEXT,
)
TRUTH = Rule("true or false", lambda value: isinstance(value, bool))
TABLE = Rule("a table", lambda value: isinstance(value, dict))

RECIPE = {
    "latents": whole(2, MOST_LATENTS),
    "variational": Rule("true", lambda value: value is True),
    "beta": number(0, 1e6),
    "warm_up": number(0, 1),
    "free_bits": number(0, 1e3),
    "loss": one_of(LOSSES),
    "epochs": whole(1, 10_000),
    "seed": whole(0, 2**32 - 1),
    "depth": whole(DEPTHS[0], DEPTHS[-1]),
}
FIGURES = {
    "psnr": number(-200, 200),
    "ssim": number(-1, 1),
    "perceptual": number(0, 12),
    "kl": number(0, 1e9),
    "active": whole(0, MOST_LATENTS),
    "share_8": number(0, 1),
}
KNOB = {"most": one_of(JUDGED), "change": number(-1, 1), "purity": number(0, 1), "clear": TRUTH}
METADATA = {
    "data": one_of(KINDS),
    "source": TEXT,
    "training": whole(1, 10_000_000),
    "validation": whole(1, 10_000_000),
    "recipe": TABLE,
    "figures": TABLE,
    "knobs": Rule(
        f"a list of at most {COMPONENTS} knobs",
        lambda value: isinstance(value, list) and len(value) <= COMPONENTS,
    ),
    "made": Rule("a date and time with its zone, as in 2026-11-27T10:00:00+00:00", is_time),
    "device": TEXT,
    "torch": TEXT,
}


def read_metadata(content: bytes) -> Metadata:
    """Read what ``as_json`` wrote.

    Raises:
        Refused: If it is no JSON, or an entry is missing, unknown or not as asked for.
    """
    try:
        table = json.loads(content.decode("utf-8"), object_pairs_hook=without_repeats)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{FILE} cannot be read as JSON: {cleaned(str(error), LONGEST_TEXT)}") from None
    hold_to(table, METADATA, FILE)
    hold_to(table["recipe"], RECIPE, f"“recipe” of {FILE}")
    hold_to(table["figures"], FIGURES, f"“figures” of {FILE}")
    for place, knob in enumerate(table["knobs"], start=1):
        hold_to(knob, KNOB, f"knob {place} of {FILE}")
    parts = {
        "recipe": Recipe(**table["recipe"]),
        "figures": Figures(**table["figures"]),
        "knobs": tuple(Knob(**knob) for knob in table["knobs"]),
    }
    return Metadata(**{**table, **parts})


def hold_to(table: object, rules: Mapping[str, Rule], where: str) -> None:
    """Compare a table with the rules for its entries.

    Raises:
        Refused: If an entry is missing, unknown or not as asked for.
    """
    if not isinstance(table, dict):
        raise Refused(f"{where} is no table of names and values")
    if missing := rules.keys() - table.keys():
        raise Refused(f"{where} lacks {a_few(missing)}")
    if unknown := table.keys() - rules.keys():
        raise Refused(f"{where} has an entry that is not known: {a_few(unknown)}")
    for name, (asked, holds) in rules.items():
        if not holds(table[name]):
            found = cleaned(repr(table[name]), LONGEST_VALUE)
            raise Refused(f"{name} in {where} is {found}, not {asked}")


def expect_recipe(recipe: Recipe) -> None:
    """Make sure that a recipe is one for a run, before anything is trained.

    Raises:
        ValueError: If it is not.
    """
    try:
        hold_to(asdict(recipe), RECIPE, "the recipe")
    except Refused as error:
        raise ValueError(f"{error}.") from None

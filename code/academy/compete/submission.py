"""What a hand-in says of itself: `submission.toml`, read and written."""

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from academy.compete.refused import Refused, a_few
from academy.foreign import JOINERS, is_shown

FILE = "submission.toml"
LONGEST = {"name": 80, "author": 80, "training": 1000}
LONGEST_LINK = 10_000
"""Characters; a longer one, as the playground once wrote, is left out: the network is what counts."""
LARGEST_SEED = 2**63 - 1
MOST_DOTS = 200
"""Outside of texts: each is a level of nesting, and tomllib takes minutes over thousands."""
TEXTS_AND_COMMENTS = re.compile(
    r'''"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)|'{3}.*?(?:'{3,5}|\Z)|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|#[^\n]*''',
    re.DOTALL,
)
"""What tomllib reads as such, as far as it reads; one that is never closed ends there, or with its line."""
ALIKE = 0.75
"""Of two names, from 0 to 1: `work` is meant for `worked`, `training_seconds` is not for `training`."""


@dataclass(frozen=True)
class Claims:
    """What the author says was reached."""

    parameters: int
    accuracy: float


@dataclass(frozen=True)
class Submission:
    """What every competition asks of a hand-in."""

    name: str
    author: str
    training: str
    seed: int
    link: str
    """A page with more, such as a notebook; empty without one."""
    claims: Claims


def read_table(content: bytes) -> dict[str, Any]:
    """Parse the file.

    Raises:
        Refused: If it is no TOML, or nested without measure.
    """
    try:
        text = content.decode("utf-8-sig")  # with the mark that editors on Windows put before it
    except UnicodeDecodeError:
        raise Refused(f"{FILE} is not saved as UTF-8; save it as UTF-8") from None
    try:
        if TEXTS_AND_COMMENTS.sub("", text).count(".") > MOST_DOTS:
            raise Refused(
                f"{FILE} has more than {MOST_DOTS} dots outside of texts; it needs one, in accuracy"
            )
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{FILE} cannot be read: {error}") from None


def common_entries(table: dict[str, Any]) -> dict[str, Any]:
    """Take from the parsed file what every competition asks for, as the fields of a `Submission`.

    Raises:
        Refused: If an entry is missing, of another type, or out of bounds.
    """
    texts = {name: text_in(table, name, longest) for name, longest in LONGEST.items()}
    seed = number_in(table, "seed")
    return {**texts, "seed": seed, "link": link_in(table), "claims": claims_in(table)}


def text_in(table: dict[str, Any], name: str, longest: int) -> str:
    """Return one line of text that is seen as it is written."""
    text = str(entry_in(table, name, str)).strip()
    unseen = [f"U+{ord(each):04X}" for each in text if not is_shown(each)]
    if not text.strip(f" {JOINERS}"):
        found = "it has none"
    elif len(text) > longest:
        found = f"it has {len(text):,}"
    elif unseen:
        found = f"{unseen[0]} is none"
    else:
        return text
    raise Refused(f"{name} in {FILE} must be one line of 1 to {longest} printable characters; {found}")


def number_in(table: dict[str, Any], name: str) -> int:
    """Return a whole number that is not negative."""
    number = entry_in(table, name, int)
    if isinstance(number, bool) or not 0 <= number <= LARGEST_SEED:
        raise Refused(f"{name} in {FILE} must be a whole number from 0 to {LARGEST_SEED}")
    return int(number)


def measure_in(table: dict[str, Any], name: str, largest: float, what: str, where: str = "") -> float:
    """Return a number from 0 to the largest; `what` says in words what it must be, `where` its table."""
    number = entry_in(table, name, int | float)
    if isinstance(number, bool) or not 0 <= number <= largest:
        raise Refused(f"{name}{where} in {FILE} must be {what}")
    return float(number)


def link_in(table: dict[str, Any]) -> str:
    """Return the address of a page, empty where none is given or a board cannot carry it."""
    if table.get("link", "") == "" or len(entry_in(table, "link", str)) > LONGEST_LINK:
        return ""
    link = text_in(table, "link", LONGEST_LINK)
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refused(f"link in {FILE} must begin with https://, or be empty")
    return link


def claims_in(table: dict[str, Any]) -> Claims:
    """Return what the author says was reached."""
    claims = entry_in(table, "claims", dict)
    accuracy = measure_in(claims, "accuracy", 1, "a share from 0 to 1, as in 0.84", " under [claims]")
    return Claims(number_in(claims, "parameters"), accuracy)


def entry_in(table: dict[str, Any], name: str, kind: Any) -> Any:
    """Return an entry of the type asked for."""
    if name not in table:
        raise Refused(f"{FILE} has no entry {name}{instead(table, name)}")
    if not isinstance(table[name], kind):
        found = type(table[name]).__name__
        wanted = getattr(kind, "__name__", "number")
        raise Refused(f"{name} in {FILE} is of type {found}, not {wanted}")
    return table[name]


def instead(table: dict[str, Any], name: str) -> str:
    """Say where a missing entry may be: below the head of a table, or under a name much like its own."""
    below = [head for head, entries in table.items() if isinstance(entries, dict) and name in entries]
    if below:
        return f"; it stands under [{a_few(below)}], put it above"
    near = get_close_matches(name, table, n=1, cutoff=ALIKE)
    return f"; is it what you call {a_few(near)}?" if near else ""

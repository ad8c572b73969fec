"""Texts that others wrote, made fit to be shown: in a terminal, in a table, in a sentence."""

import unicodedata

JOINERS = "\u200c\u200d"
"""Between letters of Persian and between the parts of an emoji; invisible, and at home in names."""
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs")
"""Unicode's categories of controls, marks of direction, half surrogate pairs, private use and separators."""
REPLACEMENT = "\ufffd"


def is_shown(character: str) -> bool:
    """Tell whether a character is seen where it stands, and does nothing else.

    A control character commands a terminal, a mark of direction turns the line around, half a surrogate
    pair cannot be written as UTF-8, a noncharacter cannot be written as XML. A character that Unicode has
    not assigned is shown, unlike in `str.isprintable`: this year's emoji is none to last year's Python, and
    the same name must do for all.
    """
    if character in f" {JOINERS}":
        return True
    return unicodedata.category(character) not in UNSEEN and not is_noncharacter(character)


def is_noncharacter(character: str) -> bool:
    """Tell whether Unicode promises that a code point will never be a character."""
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def cleaned(text: str, longest: int) -> str:
    """Return somebody's text as one line that can be shown anywhere.

    Args:
        text: Whatever somebody wrote; an exception's message, a name, a key.
        longest: Characters that are kept; a longer text ends with an ellipsis.

    Returns:
        At most ``longest`` characters, valid as UTF-8. What is not shown is replaced, white space by one
        blank. It is text still, neither markup nor mathematics: who shows it in such a language escapes it.
    """
    start = text[: 4 * longest + 1]  # enough, and no work for the rest of a giant
    line = "".join(each if is_shown(each) else REPLACEMENT for each in " ".join(start.split()))
    return line if len(line) <= longest and len(start) == len(text) else f"{line[: longest - 1]}…"

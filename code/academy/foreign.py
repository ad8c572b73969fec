"""Texts that others wrote, made fit to be shown: in a terminal, in a table, in a sentence."""

JOINERS = "\u200c\u200d"
"""Between letters of Persian and between the parts of an emoji; invisible, and at home in names."""
REPLACEMENT = "\ufffd"


def is_shown(character: str) -> bool:
    """Tell whether a character is seen where it stands, and does nothing else.

    A control character commands a terminal, a mark of direction turns the line around, half a surrogate
    pair cannot be written as UTF-8.
    """
    return character.isprintable() or character in JOINERS


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

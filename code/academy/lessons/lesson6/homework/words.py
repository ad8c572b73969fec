"""Task 1: texts cut into words, as one likes, if nothing is lost but spaces and capital letters."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from academy.homework.tasks import Finding, calling, right, wrong

PROBES = {
    "A quiet, well-made film; don't miss it!": ["quiet", "film", "miss", "it"],
    'Dull... "and" LOUD?! (For 12 years)': ["dull", "and", "loud", "for", "12", "years"],
    "One\r\nTwo\tthree  four\u00a0five \n": ["one", "two", "three", "four", "five"],
    "Crème brûlée, señor.": ["crème", "brûlée", "señor"],
    "Մեքենան կարդում է բառեր։ Привет, мир!": ["մեքենան", "կարդում", "բառեր", "привет", "мир"],
    "so good 🙂🙂 and_so on, 50% off": ["so", "good", "on", "off"],
    "the cat and the dog and the bird": ["the", "cat", "and", "dog", "bird"],
    "": [],
    " \n ": [],
}
"""Texts, and words that must come out of them whole."""
MARKS = frozenset('.,;:!?()"%…։')
"""What must not stick to a letter."""


def cuts(tokenize: Any) -> Iterator[Finding]:
    """Cut texts of several scripts, and look at the tokens."""
    shown: list[str] = []
    for text, words in PROBES.items():
        call = f"tokenize({text!r})"
        with calling(call):
            tokens = tokenize(text)
        found = (
            list(form_mistakes(call, tokens))
            or list(loss_mistakes(call, text, tokens))
            or list(cut_mistakes(call, tokens, words))
        )
        if found:
            yield from found[:1]
            return
        shown = shown or list(tokens)
    yield right("nothing is lost but spaces; small letters; marks apart from words, in any script")
    yield right(f"an example: {' | '.join(shown)}")


def form_mistakes(call: str, tokens: Any) -> Iterator[Finding]:
    """Say why what is returned is no list of tokens."""
    if tokens is None or tokens is ...:
        yield wrong("`tokenize` returns nothing.", "end it with `return` and the list of tokens.")
    elif isinstance(tokens, str) or not isinstance(tokens, list | tuple):
        yield wrong(
            f"`{call}` gives a {type(tokens).__name__}, not a list.",
            "a list of texts, in their order; `list(…)` makes one of an iterator.",
        )
    elif others := [token for token in tokens if not isinstance(token, str)]:
        yield wrong(
            f"`{call}` gives {others[0]!r} among the tokens, a {type(others[0]).__name__}.",
            "each token is a `str`; `re.findall` gives tuples where its rule has groups in `( )`: write "
            "`(?: )`.",
        )
    elif "" in tokens:
        yield wrong(
            f"`{call}` gives a token without a letter, `''`.",
            "`split()` without an argument leaves none; after `re.split` drop them: `if token`.",
        )
    elif spaced := [token for token in tokens if token.split() != [token]]:
        yield wrong(
            f"`{call}` gives {spaced[0]!r}, with a space in it.",
            "tabs, line ends and hard spaces are spaces, too: `split()` and `\\s` know them all.",
        )


def plain(text: str) -> str:
    """Write a text without its spaces, in small letters, each letter as one."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def loss_mistakes(call: str, text: str, tokens: list[str]) -> Iterator[Finding]:
    """Say what of a text is lost, new, or in another order."""
    wanted, found = plain(text), plain("".join(tokens))
    lost, new = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    if lost:
        letter = next(letter for letter in wanted if letter in lost)
        yield wrong(f"`{call}` loses {letter!r}: {tokens!r}.", look_for_loss(letter, text, tokens))
    elif new:
        yield wrong(
            f"`{call}` gives {next(iter(new))!r} more often than the text has it: {tokens!r}.",
            "each letter belongs to one token.",
        )
    elif wanted != found:
        yield wrong(
            f"`{call}` gives the tokens in another order: {tokens!r}.",
            "as they stand in the text: neither a `set` nor `sorted`.",
        )


def look_for_loss(letter: str, text: str, tokens: list[str]) -> str:
    """Say which mistake loses a letter."""
    left = plain("".join(tokens))
    if without_accents(plain(text)) == without_accents(left):
        return "an accent belongs to its letter: *resume* is not *résumé*."
    if letter in left and len(set(tokens)) == len(tokens):
        return "a token that comes again is a token again: no `set`, no `dict`."
    if any(each.isalpha() and not each.isascii() and each not in left for each in plain(text)):
        return "`[a-z]` knows no letters of other languages; `\\w` does."
    if letter.isalpha():
        return "letters belong to words; neither an ending nor a short word is left out."
    if letter.isdigit():
        return "numbers are tokens, too: `\\w` has digits, `[^\\W\\d]` has none."
    return "a mark is a token of its own: after the words, `|[^\\w\\s]` takes one."


def without_accents(text: str) -> str:
    """Write a text's letters without what stands above and below them."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def cut_mistakes(call: str, tokens: list[str], words: list[str]) -> Iterator[Finding]:
    """Say which capital letter is left, which mark sticks to a word, or which word is cut."""
    if large := [token for token in tokens if token != token.lower()]:
        yield wrong(f"`{call}` gives {large[0]!r}.", "small letters alone: `text.lower()`, before you cut.")
        return
    for token in tokens:
        if MARKS & set(token) and any(letter.isalpha() for letter in token):
            yield wrong(
                f"`{call}` gives {token!r}, a mark and a word in one.",
                '"film" and "film." would have vectors of their own: cut before and after a mark.',
            )
            return
    if missing := [word for word in words if word not in map(composed, tokens)]:
        letters = max(map(len, tokens)) == 1
        yield wrong(
            f"`{call}` does not give {missing[0]!r} whole: {tokens!r}.",
            "these are letters: a text is a row of them, `list(text)`; cut at spaces first."
            if letters
            else "a word without marks stays in one piece.",
        )


def composed(token: str) -> str:
    """Write a token's letters each as one."""
    return unicodedata.normalize("NFC", token)

"""Task 8: what a head does, as a function, tested on sentences that it was not written for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson7.homework.chances import number_mistake
from academy.lessons.lesson7.homework.given_texts import list_mistakes, sentence_mistakes
from academy.lessons.lesson7.homework.heads import NAMES, place_mistakes
from academy.lessons.lesson7.homework.heads import form_mistakes as head_mistakes
from academy.lessons.lesson7.homework.looking import examples_of, look
from academy.lessons.lesson7.homework.pretrained import Models
from academy.lessons.lesson7.homework.pronouns import GIVEN, UNSEEN, Linked

COUNT = 10
ONE_FORM = 3
"""Sentences that may be the same but for the pronoun and its word."""
LEAST = {"before": 0.9, "separator": 0.5, "pronoun": 0.5}
"""Shares of looks that a description foretells in sentences nobody has seen; `[CLS]` alone has less."""


def describes(heads: Any, guesses: Any, own_sentences: Any, told: Any, models: Models) -> Iterator[Finding]:
    """Ask each description about the student's sentences and about the check's."""
    found = (
        next(form_mistakes(heads, guesses, told), None)
        or next(place_mistakes(heads, models), None)
        or next(sentence_set_mistakes(own_sentences, models), None)
    )
    if found:
        yield found
        return
    own = [Linked(*each) for each in own_sentences]
    for name in NAMES:
        guess = guesses[name]
        if found := next(guess_mistakes(models, name, guess, [*own, *UNSEEN]), None):
            yield found
            return
        on_own, on_ours = (
            foretold(models, name, heads[name], guess, sentences) for sentences in (own, UNSEEN)
        )
        what = "the share of looks in your ten sentences that it foretells"
        if mistake := number_mistake(f"told[{name!r}]", told[name], on_own, what):
            yield mistake
            return
        if on_ours < LEAST[name]:
            yield wrong(
                f"`guesses[{name!r}]` foretells {on_ours:.0%} of looks in {COUNT} sentences that nobody has "
                f"seen, {on_own:.0%} in yours; {LEAST[name]:.0%} are expected.",
                LOOK[name],
            )
            return
        yield right(f"{name}: {on_own:.0%} of looks foretold in yours, {on_ours:.0%} in {COUNT} of ours")


LOOK = {
    "before": "print where it looks from each piece of a sentence: what does every look have in common?",
    "separator": "which pieces look at `[SEP]`? And where do all others look, if not there?",
    "pronoun": "which noun does a pronoun look at, and what stands before that noun?",
}


def form_mistakes(heads: Any, guesses: Any, told: Any) -> Iterator[Finding]:
    """Say what is not of the form that the task asks for."""
    yield from head_mistakes(heads, dict.fromkeys(NAMES))
    for name, value in (("guesses", guesses), ("told", told)):
        if not isinstance(value, Mapping) or any(each not in value for each in NAMES):
            yield wrong(f"`{name}` is no dict with {', '.join(NAMES)}.", "one entry for each of the three.")
            return
    for name in NAMES:
        if not callable(guesses[name]):
            yield wrong(
                f"`guesses[{name!r}]` is a {type(guesses[name]).__name__}.",
                "a function of a sentence's pieces and a place.",
            )


def sentence_set_mistakes(sentences: Any, models: Models) -> Iterator[Finding]:
    """Say what keeps the student's sentences from being a test."""
    yield from list_mistakes("own_sentences", sentences, COUNT)
    if not isinstance(sentences, list | tuple):
        return
    for each in sentences:
        if (
            not isinstance(each, list | tuple)
            or len(each) != 3
            or not all(isinstance(part, str) for part in each)
        ):
            yield wrong(
                f"In `own_sentences` there is {each!r}.",
                'three texts: `("Anna lost her keys.", "her", "anna")`.',
            )
            return
    yield from sentence_mistakes("own_sentences", [text for text, _, _ in sentences])
    known = {linked.text.casefold() for linked in GIVEN}
    forms: Counter[tuple[str, ...]] = Counter()
    for text, *links in sentences:
        if text.casefold() in known:
            yield wrong(
                f"{text!r} is one of `GIVEN`.", "sentences that neither you nor your search has looked at."
            )
        pieces = look(models.encoder, models.encoder_tokens, text).pieces
        for piece in links:
            if (times := pieces.count(piece)) != 1:
                yield wrong(
                    f"{piece!r} stands {times} times in {text!r}, whose pieces are {' '.join(pieces[1:-1])}.",
                    "a piece as `pieces(text)` gives it, in small letters, that stands there once.",
                )
        forms[tuple("…" if piece in links else piece for piece in pieces[1:-1])] += 1
    form, times = forms.most_common(1)[0]
    if times > ONE_FORM:
        yield wrong(
            f"{times} of `own_sentences` have one form: {' '.join(form)!r}.",
            f"{ONE_FORM} of one form at most: more of it test nothing new.",
        )


def guess_mistakes(models: Models, name: str, guess: Any, sentences: Sequence[Linked]) -> Iterator[Finding]:
    """Say where a description gives no place."""
    for text, place, _ in examples_of(models.encoder, models.encoder_tokens, name, sentences):
        pieces = look(models.encoder, models.encoder_tokens, text).pieces
        with calling(f"guesses[{name!r}](found, {place})"):
            given = guess(list(pieces), place)
        number = numbers_in([given])
        if number is None or not number[0].is_integer():
            yield wrong(
                f"Asked about {pieces[place]!r} in {text!r}, `guesses[{name!r}]` gives {given!r}.",
                "a place for every piece that is asked about: a number, 0 for `[CLS]`.",
            )
            return


def foretold(
    models: Models, name: str, head: Sequence[int], guess: Any, sentences: Sequence[Linked]
) -> float:
    """Give the share of looks that a description foretells; a place below 0 counts from the end."""
    layer, number = map(int, head)
    hits = []
    for text, place, _ in examples_of(models.encoder, models.encoder_tokens, name, sentences):
        pieces, most = look(models.encoder, models.encoder_tokens, text)
        hits.append(int(guess(list(pieces), place)) % len(pieces) == int(most[layer, number, place]))
    return sum(hits) / len(hits)

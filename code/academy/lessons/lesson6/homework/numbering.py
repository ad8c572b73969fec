"""Task 2: ids for the words of the training texts, and one for all others."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson6.homework.words import form_mistakes

PAD, UNK = 0, 1
TOY = [["the", "cat", "saw", "the", "dog"], ["a", "dog", "ran", "."], ["ran", "and", "ran"]]
ONCE, TWICE = "cat", "dog"
NEW = "zebra"
FREQUENT = 20
"""From how many times on a word of the training texts must be known, whatever `least` is."""


def numbers(
    make_vocabulary: Any,
    encode: Any,
    decode: Any,
    vocabulary: Any,
    tokenize: Any,
    learned: Any,
    kept_back: Any,
) -> Iterator[Finding]:
    """Number a few words there and back, then ask which words of the movies are known."""
    found = (
        list(toy_mistakes(make_vocabulary, encode))
        or list(back_mistakes(make_vocabulary, encode, decode))
        or list(least_mistakes(make_vocabulary, encode))
    )
    if found:
        yield from found[:1]
        return
    yield right("known words come back, each with its id from 2 on; all others are 1")
    with calling("tokenize(learned.texts[0])"):
        tokens = tokenize(learned.texts[0])
    if found := list(form_mistakes("tokenize(learned.texts[0])", tokens)):
        yield from found
        return
    learned_counts = Counter(token for text in learned.texts for token in tokenize(text))
    if not learned_counts:
        yield wrong("`tokenize` finds no word in `learned.texts`.", "solve task 1 first.")
        return
    others = {token for text in kept_back.texts for token in tokenize(text)} - set(learned_counts)
    found = list(source_mistakes(encode, vocabulary, learned_counts, sorted(others)))
    if found:
        yield from found[:1]
        return
    words = list(learned_counts)
    known = sum(number != UNK for number in encoded(encode, words, vocabulary) or [])
    yield right(f"made of the training texts alone: {known:,} of their {len(words):,} words have an id")


def encoded(encode: Any, tokens: list[str], vocabulary: Any) -> list[int] | None:
    """Return ids as whole numbers; None if they are none."""
    with calling("encode(tokens, vocabulary)"):
        found = numbers_in(encode(list(tokens), vocabulary))
    if found is None or any(number != int(number) for number in found):
        return None
    return [int(number) for number in found]


def toy_mistakes(make_vocabulary: Any, encode: Any) -> Iterator[Finding]:
    """Say what is wrong with the ids of a few words."""
    sentences = [list(sentence) for sentence in TOY]
    with calling(f"make_vocabulary({TOY!r}, 1)"):
        vocabulary = make_vocabulary(sentences, 1)
    if vocabulary is None or vocabulary is ...:
        yield wrong("`make_vocabulary` returns nothing.", "end it with `return`.")
        return
    if sentences != TOY:
        yield wrong("`make_vocabulary` changes the sentences it is given.", "leave the lists as they are.")
        return
    words = sorted({token for sentence in TOY for token in sentence})
    ids = encoded(encode, words, vocabulary)
    if ids is None or len(ids) != len(words):
        yield wrong(
            f"`encode` does not give {len(words)} whole numbers for {len(words)} tokens.",
            "return a list of ids, one for each token, in their order.",
        )
    elif UNK in ids and not (PAD in ids or len(set(ids)) < len(ids)):
        yield wrong(
            f"{words[ids.index(UNK)]!r} of the training texts has the id {UNK}, which is for unknown words.",
            "with `least` 1 every word of theirs is known; ids of words begin with 2.",
        )
    elif len(set(ids)) < len(ids):
        yield wrong(
            f"Two words have the same id: {dict(zip(words, ids))}.",
            "number each word once: `enumerate` over the different words, not over all tokens.",
        )
    elif min(ids) != 2 or max(ids) != len(words) + 1:
        yield wrong(
            f"The {len(words)} words have ids from {min(ids)} to {max(ids)}, not from 2 to {len(words) + 1}.",
            "0 and 1 are set aside, and a gap is a row of the table that nobody uses: number the different "
            "words, not all tokens, from 2 on.",
        )
    else:
        yield from unknown_mistakes(encode, vocabulary)


def unknown_mistakes(encode: Any, vocabulary: Any) -> Iterator[Finding]:
    """Say what an unknown word becomes in place of its id."""
    try:
        ids = encoded(encode, ["the", NEW, "the"], vocabulary)
    except (KeyError, ValueError, IndexError) as error:
        yield wrong(
            f"A word that the vocabulary does not have raises {type(error).__name__}.",
            "it becomes 1: `ids.get(token, 1)`.",
        )
        return
    if ids is None or len(ids) != 3:
        yield wrong(
            f"Of three tokens, one unknown, `encode` makes {ids and len(ids)} ids.",
            "an unknown word keeps its place: it becomes 1.",
        )
    elif ids[1] == PAD:
        yield wrong(
            "An unknown word becomes 0, which fills up rows.", "the mean would leave it out: it becomes 1."
        )
    elif ids[1] != UNK:
        yield wrong(
            f"An unknown word becomes {ids[1]}, not 1.",
            "a vocabulary does not grow when it is used: `ids.get(token, 1)`.",
        )


def back_mistakes(make_vocabulary: Any, encode: Any, decode: Any) -> Iterator[Finding]:
    """Say which ids do not become their words again."""
    vocabulary = make_vocabulary([list(sentence) for sentence in TOY], 1)
    for tokens in (TOY[0], TOY[1][::-1], ["the", NEW]):
        ids = encode(list(tokens), vocabulary)
        with calling(f"decode({ids!r}, vocabulary)"):
            back = decode(ids, vocabulary)
        wanted = ["<unk>" if token == NEW else token for token in tokens]
        if back is None or back is ...:
            yield wrong("`decode` returns nothing.", "end it with `return` and the list of tokens.")
        elif isinstance(back, str):
            yield wrong("`decode` gives one text, not a list.", "a list of tokens, as `encode` takes it.")
        elif not isinstance(back, list | tuple):
            yield wrong(f"`decode` gives a {type(back).__name__}, not a list.", "a list of tokens.")
        elif list(back) != wanted:
            yield wrong(
                f"{tokens!r} becomes {ids!r}, and these become {list(back)!r}.",
                f"expected is {wanted!r}: the word of each id, `<unk>` for 1.",
            )
        else:
            continue
        return
    with calling("decode([0, 1], vocabulary)"):
        special = list(decode([PAD, UNK], vocabulary))
    if special != ["<pad>", "<unk>"]:
        yield wrong(f"The ids 0 and 1 become {special!r}.", "they are `<pad>` and `<unk>`.")


def least_mistakes(make_vocabulary: Any, encode: Any) -> Iterator[Finding]:
    """Say where rare words are known, or frequent ones are not."""
    for least, tries in ((2, {ONCE: False, TWICE: True, "ran": True}), (3, {TWICE: False, "ran": True})):
        with calling(f"make_vocabulary({TOY!r}, {least})"):
            vocabulary = make_vocabulary([list(sentence) for sentence in TOY], least)
        for token, is_known in tries.items():
            (number,) = encoded(encode, [token], vocabulary) or [UNK]
            if (number != UNK) != is_known:
                times = sum(sentence.count(token) for sentence in TOY)
                yield wrong(
                    f"With `least` {least}, {token!r}, which comes {times} times, "
                    f"{'has the id ' + str(number) if number != UNK else 'is unknown'}.",
                    "known is what comes `least` times or more in all sentences together.",
                )
                return
        highest = max(encoded(encode, ["the", "dog", "ran"], vocabulary) or [0])
        kept = sum(count >= least for count in Counter(token for each in TOY for token in each).values())
        if highest > kept + 1:
            yield wrong(
                f"With `least` {least}, {kept} words are left, but an id is {highest}.",
                "leave rare words out first, then number the others from 2 on.",
            )
            return


def source_mistakes(
    encode: Any, vocabulary: Any, learned: Counter[str], others: list[str]
) -> Iterator[Finding]:
    """Say which words a vocabulary of the training texts cannot know, or must."""
    ids = encoded(encode, others, vocabulary) or []
    if known := [token for token, number in zip(others, ids) if number != UNK]:
        yield wrong(
            f"`vocabulary` knows {len(known):,} words that no training text has, as {known[0]!r}.",
            "make it of `learned.texts` alone: whoever writes next will not have been read, either.",
        )
        return
    frequent = [token for token, count in learned.items() if count >= FREQUENT]
    given = encoded(encode, frequent, vocabulary)
    if given is None or len(given) != len(frequent):
        yield wrong(
            "With `vocabulary`, `encode` does not give an id for each token.",
            "make it with `make_vocabulary`, of all of `learned.texts`.",
        )
    elif unknown := [token for token, number in zip(frequent, given) if number == UNK]:
        yield wrong(
            f"`vocabulary` does not know {unknown[0]!r}, which comes {learned[unknown[0]]} times.",
            "make it of all of `learned.texts`, each cut by `tokenize`; let `least` be small.",
        )

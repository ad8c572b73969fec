"""Task 2: vocabularies with a fault each, and right ones unlike ours."""

from collections import Counter, defaultdict

import numpy as np
import pytest
import torch
from academy.lessons.lesson6.homework.sentences import Sentences
from academy.lessons.lesson6.tokens import rule_tokens
from academy.lessons.lesson6.vocabulary import Vocabulary

LEARNED = Sentences(["The film is good.", "A good film, a good cast!"] * 20 + ["Once."], torch.ones(41))
KEPT_BACK = Sentences(["The plot is thin.", "A thin plot"], torch.ones(2))


def tokenize(text):
    return rule_tokens(text.lower())


def frequent(sentences, least):
    counts = Counter(token for sentence in sentences for token in sentence)
    return [token for token, count in counts.items() if count >= least]


def numbered(words, start=2):
    return {"<pad>": 0, "<unk>": 1} | {token: place for place, token in enumerate(words, start)}


def make(sentences, least):
    return numbered(frequent(sentences, least))


def encode(tokens, vocabulary):
    return [vocabulary.get(token, 1) for token in tokens]


def decode(ids, vocabulary):
    words = {place: token for token, place in vocabulary.items()}
    return [words[int(place)] for place in ids]


def answers(make_vocabulary=make, encode=encode, decode=decode, texts=LEARNED.texts, **others):
    given = {
        "make_vocabulary": make_vocabulary,
        "encode": encode,
        "decode": decode,
        "tokenize": tokenize,
        "learned": LEARNED,
        "kept_back": KEPT_BACK,
    } | others
    if "vocabulary" not in given:
        try:
            given["vocabulary"] = make_vocabulary([tokenize(text) for text in texts], 1)
        except Exception:  # a fault of the answer, which the check meets first
            given["vocabulary"] = {}
    return given


def all_tokens(sentences, least):
    return numbered(token for sentence in sentences for token in sentence)


def more_often(sentences, least):
    return make(sentences, least + 1) if least > 1 else make(sentences, 1)


def sentences_with(sentences, least):
    return make([set(sentence) for sentence in sentences], least)


def gaps(sentences, least):
    everything = make(sentences, 1)
    return {token: everything[token] for token in ["<pad>", "<unk>", *frequent(sentences, least)]}


def emptied(sentences, least):
    vocabulary = make(sentences, least)
    sentences.clear()
    return vocabulary


def growing(tokens, vocabulary):
    return [vocabulary.setdefault(token, len(vocabulary)) for token in tokens]


def one_text(ids, vocabulary):
    return " ".join(decode(ids, vocabulary))


def with_default(sentences, least):
    return defaultdict(lambda: 1, make(sentences, least))


BOTH = [*LEARNED.texts, *KEPT_BACK.texts]
WRONG = [
    (answers(lambda sentences, least: None), "`make_vocabulary` returns nothing"),
    (answers(emptied), "changes the sentences"),
    (answers(encode=lambda tokens, vocabulary: None), "does not give"),
    (answers(encode=lambda tokens, vocabulary: [str(vocabulary.get(t, 1)) + "!" for t in tokens]), "whole"),
    (answers(encode=lambda tokens, vocabulary: [vocabulary[token] for token in tokens]), "raises KeyError"),
    (answers(encode=lambda tokens, vocabulary: [vocabulary.get(token, 0) for token in tokens]), "becomes 0"),
    (answers(encode=lambda tokens, v: [v[token] for token in tokens if token in v]), "keeps its place"),
    (answers(encode=growing), "does not grow when it is used"),
    (answers(all_tokens), "not all tokens"),
    (answers(lambda sentences, least: numbered(frequent(sentences, least), 0)), "set aside"),
    (answers(lambda sentences, least: numbered(frequent(sentences, least), 1)), "is for unknown words"),
    (answers(lambda sentences, least: numbered(frequent(sentences, least), 3)), "from 3 to"),
    (answers(lambda sentences, least: make(sentences, 1)), "comes 1 times, has the id"),
    (answers(more_often), "comes 2 times, is unknown"),
    (answers(sentences_with), "in all sentences together"),
    (answers(gaps), "leave rare words out first"),
    (answers(decode=lambda ids, vocabulary: None), "`decode` returns nothing"),
    (answers(decode=one_text), "a list of tokens"),
    (answers(decode=lambda ids, vocabulary: len(ids)), "`decode` gives a int, not a list"),
    (answers(decode=lambda ids, vocabulary: iter(decode(ids, vocabulary))), "not a list"),
    (answers(decode=lambda ids, vocabulary: decode(ids, vocabulary)[::-1]), "and these become"),
    (answers(decode=lambda ids, v: [w for w in decode(ids, v) if w != "<unk>"]), "expected is"),
    (answers(decode=lambda ids, v: [w for w in decode(ids, v) if w != "<pad>"]), "The ids 0 and 1"),
    (answers(with_default, encode=lambda tokens, v: [v[token] for token in tokens]), "`<unk>` for 1"),
    (answers(texts=BOTH), "that no training text has, as"),
    (answers(texts=LEARNED.texts[:1]), "comes 40 times"),
    (answers(vocabulary=make([list("abc")], 1)), "make it of all of `learned.texts`"),
    (answers(vocabulary={"film": None}), "does not give an id for each token"),
    (answers(vocabulary=None), "Running `encode(tokens, vocabulary)` raised AttributeError"),
    (answers(tokenize=lambda text: None, vocabulary={}), "`tokenize` returns nothing"),
    (answers(tokenize=lambda text: [], vocabulary={}), "solve task 1 first"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(2, **wrong)
    assert not found.solved
    assert helps in str(found)


def both_ways(sentences, least):
    ids = make(sentences, least)
    return ids, list(ids)


def a_list(sentences, least):
    return [None, None, *sorted(frequent(sentences, least))]


def place_in(tokens, words):
    return torch.tensor([words.index(token) if token in words else 1 for token in tokens])


def at_place(ids, words):
    return tuple(["<pad>", "<unk>", *words[2:]][place] for place in ids)


class Numbers(Vocabulary):
    def decode(self, ids):
        return [self.tokens[place] for place in ids]


RIGHT = {
    "ours": answers(),
    "a class": answers(
        Numbers, lambda tokens, vocabulary: vocabulary.encode(tokens), lambda ids, v: v.decode(ids)
    ),
    "a list, tensors, a tuple": answers(a_list, place_in, at_place),
    "NumPy": answers(encode=lambda tokens, v: np.array([v.get(token, 1) for token in tokens])),
    "a dict and a list": answers(
        both_ways,
        lambda tokens, both: [both[0][token] if token in both[0] else 1 for token in tokens],  # noqa: SIM401
        lambda ids, both: [both[1][place] for place in ids],
    ),
    "rare ones left out": answers(
        vocabulary=make([tokenize(text) for text in LEARNED.texts], 2)
    ),
}  # fmt: skip


@pytest.mark.parametrize("given", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, given):
    found = checked(2, **given)
    assert found.solved, str(found)

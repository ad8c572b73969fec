"""Task 5: classifiers with a fault each, and right ones unlike ours. None is trained: counts decide."""

from collections import Counter

import pytest
import torch
from academy.data.text import batch
from academy.lessons.lesson6.homework import sentences, sentiment
from academy.lessons.lesson6.homework.sentences import Sentences, split
from academy.lessons.lesson6.tokens import rule_tokens
from academy.lessons.lesson6.vocabulary import Vocabulary
from torch import nn


def part(given, count):
    return Sentences(given.texts[:count], given.positive[:count])


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(map(tokenize, split()[0].texts), 2)


@pytest.fixture(scope="module")
def evidence(vocabulary):
    """The logarithm of how much more often a word comes in positive sentences, a number an id."""
    learned = split()[0]
    counts = {True: Counter(), False: Counter()}
    for text, positive in zip(learned.texts, learned.positive.tolist()):
        counts[positive].update(tokenize(text))
    more = [(counts[True][word] + 1) / (counts[False][word] + 1) for word in vocabulary.tokens]
    return torch.tensor(more).log()


@pytest.fixture
def result(checked, vocabulary, evidence, monkeypatch):
    """Checks a model that is made from the evidence, on fewer sentences."""
    learned, kept_back, unseen = split()
    learned, kept_back, unseen = part(learned, 400), part(kept_back, 200), part(unseen, 400)
    monkeypatch.setattr(sentiment, "split", lambda: (learned, kept_back, unseen))

    def found(make, accuracy=None, **others):
        given = {"tokenize": tokenize, "encode": encode, "vocabulary": vocabulary, "pad": batch} | others
        model = make(evidence)
        if accuracy is None or callable(accuracy):
            measured = [share(model, each, given) for each in (kept_back, learned)]
            accuracy = measured[0] if accuracy is None else accuracy(*measured)
        return checked(5, model=model, accuracy=accuracy, learned=learned, kept_back=kept_back, **given)

    return found


def tokenize(text):
    return rule_tokens(text.lower())


def encode(tokens, vocabulary):
    return vocabulary.encode(tokens)


def share(model, given, answers):
    try:
        rows = [answers["encode"](answers["tokenize"](text), answers["vocabulary"]) for text in given.texts]
        with torch.no_grad():
            return ((model(*answers["pad"](rows)).flatten() > 0) == given.positive).double().mean().item()
    except Exception:  # a fault of the answer, which the check meets first
        return 0.5


class Bayes(nn.Module):
    """Adds up what each word says; a change of the logits, or of the mask, makes it wrong."""

    def __init__(self, evidence, change=lambda logits: logits, masked=True):
        super().__init__()
        self.table = nn.Embedding.from_pretrained(evidence[:, None])
        self.change, self.masked = change, masked

    def forward(self, ids, mask):
        weights = mask[..., None] if self.masked else 1
        return self.change((self.table(ids) * weights).sum(dim=1).squeeze(1))


def changed(change):
    return lambda evidence: Bayes(evidence, change).eval()


class Means(nn.Module):
    """The mean over all of a row, what fills up among it."""

    def __init__(self, evidence):
        super().__init__()
        self.table = nn.Embedding.from_pretrained(evidence[:, None] + 0.1)

    def forward(self, ids, mask):
        return self.table(ids).mean(dim=(1, 2))


class Dropped(Bayes):
    def forward(self, ids, mask):
        return nn.functional.dropout(super().forward(ids, mask), 0.5)


WRONG = [
    (lambda evidence: Bayes, "the class Bayes, no network"),
    (lambda evidence: Bayes(evidence).eval().forward, "a method, no network"),
    (lambda evidence: Bayes(evidence).train(), "in training mode"),
    (changed(lambda logits: logits.mean()), "gives shape () for four sentences"),
    (changed(lambda logits: torch.stack([-logits, logits], dim=1)), "of two, return their difference"),
    (changed(lambda logits: logits.tolist()), "gives a list for four sentences"),
    (changed(lambda logits: logits.sigmoid()), "leave the sigmoid to the loss"),
    (changed(lambda logits: -logits), "signs are turned around"),
    (changed(torch.ones_like), "as good as chance"),
    (changed(lambda logits: logits * torch.nan), "other logits"),
    (lambda evidence: Means(evidence).eval(), "what fills up takes part"),
    (lambda evidence: Dropped(evidence).eval(), "is dropout still on?"),
    (lambda evidence: Bayes(evidence[:100]).eval(), "IndexError"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, wrong, helps):
    found = result(wrong)
    assert not found.solved
    assert helps in str(found)


def by_heart(evidence):
    """Knows each sentence it learned from, and no other."""
    learned = split()[0]
    vocabulary = Vocabulary(map(tokenize, learned.texts), 2)
    known = {
        tuple(vocabulary.encode(tokenize(text))): positive
        for text, positive in zip(learned.texts, learned.positive.tolist())
    }

    class Heart(nn.Module):
        def forward(self, ids, mask):
            rows = [tuple(row[real].tolist()) for row, real in zip(ids, mask)]
            return torch.tensor([1.0 if known.get(row) else -1.0 for row in rows])

    return Heart().eval()


def test_a_model_that_knows_its_sentences_by_heart_is_told_so(result):
    assert "overfitted" in str(result(by_heart))


def test_tokens_or_ids_that_raise_are_named(result):
    found = result(changed(lambda logits: logits), accuracy=0.8, encode=lambda tokens: [1])
    assert "Running `encode(tokenize(text), vocabulary)` raised TypeError" in str(found)


@pytest.mark.parametrize(
    ("accuracy", "helps"),
    [
        ("78 %", "is a str"),
        (lambda kept_back, learned: learned, "on the sentences it learned from"),
        (lambda kept_back, learned: 100 * kept_back, "that is a percentage"),
        (lambda kept_back, learned: 1 - kept_back, "the share of mistakes"),
        (0.999, "with `model` as it now is"),
    ],
)
def test_an_accuracy_that_is_not_measured_is_caught(result, accuracy, helps):
    found = result(changed(lambda logits: logits), accuracy)
    assert not found.solved
    assert helps in str(found)


class Bag(nn.Module):
    """The library's own mean of vectors, and two layers that do nothing."""

    def __init__(self, evidence):
        super().__init__()
        self.bag = nn.EmbeddingBag.from_pretrained(evidence[:, None], mode="mean", padding_idx=0)
        self.linear = nn.Linear(1, 1)
        nn.init.ones_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, ids, mask):
        return self.linear(self.bag(ids))


def letters(text):
    return tokenize(text.replace("&amp;", "&"))


RIGHT = {
    "sums of evidence": (changed(lambda logits: logits), {}),
    "the library's bag, a column": (lambda evidence: Bag(evidence).eval(), {}),
    "large logits, float64": (changed(lambda logits: 100 * logits.double()), {}),
    "another tokenizer": (changed(lambda logits: logits), {"tokenize": letters}),
    "tensors of ids": (
        changed(lambda logits: logits),
        {
            "encode": lambda tokens, vocabulary: torch.tensor(vocabulary.encode(tokens)),
            "pad": lambda rows: batch([row.tolist() for row in rows]),
        },
    ),
}


@pytest.mark.parametrize(("make", "others"), RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, make, others):
    found = result(make, **others)
    assert found.solved, str(found)


def test_no_sentence_is_in_two_parts():
    texts = [set(each.texts) for each in split()]
    sizes = [len(each.texts) for each in split()]
    assert sizes == [6000, 1500, 2572]
    assert sum(map(len, texts)) - len(set.union(*texts)) < 10, "some are written twice by their authors"
    assert all(0.45 < each.positive.double().mean() < 0.55 for each in split())
    assert sentences.movie_sentences()[1] == split()[1]

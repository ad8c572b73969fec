"""Task 7: counts and searches with a slip each, and right ones written differently."""

import pytest
import torch
from academy.lessons.lesson7.homework.pronouns import GIVEN, UNSEEN
from academy.nets.minilm import attention, pieces_of

KNOWN = {text: attention(text) for text in (each.text for each in (*GIVEN, *UNSEEN))}


def hits(examples):
    found = [KNOWN[text][:, :, place].argmax(dim=-1) == target for text, place, target in examples]
    return torch.stack(found).float().mean(dim=0)


def one_head_at_a_time(examples):
    shares = []
    for layer in range(6):
        row = []
        for head in range(12):
            looks = [KNOWN[text][layer, head, place].tolist() for text, place, _ in examples]
            row.append(
                sum(look.index(max(look)) == target for look, (_, _, target) in zip(looks, examples))
                / len(examples)
            )
        shares.append(row)
    return shares


def by_numpy(examples):
    return sum(
        (KNOWN[text].numpy()[:, :, place].argmax(-1) == target) * 1.0 for text, place, target in examples
    ) / len(examples)


def by_rank(examples):
    """Counts where nothing is looked at more."""
    total = torch.zeros(6, 12)
    for text, place, target in examples:
        looks = KNOWN[text][:, :, place]
        total += (looks <= looks[:, :, target : target + 1]).all(dim=-1)
    return total / len(examples)


def searched(hits):
    texts = [each.text for each in GIVEN]
    everywhere = [(text, place) for text in texts for place in range(1, len(pieces_of(text)) - 1)]
    examples = {
        "before": [(text, place, place - 1) for text, place in everywhere],
        "separator": [(text, place, len(pieces_of(text)) - 1) for text, place in everywhere],
        "pronoun": [
            (text, pieces_of(text).index(one), pieces_of(text).index(other)) for text, one, other in GIVEN
        ],
    }
    shares = {name: torch.as_tensor(hits(some)) for name, some in examples.items()}
    return {
        "hits": hits,
        "heads": {name: divmod(int(share.argmax()), 12) for name, share in shares.items()},
        "chosen": {name: float(share.max()) for name, share in shares.items()},
    }


@pytest.fixture(scope="module")
def answers():
    """A right answer to all of the task."""
    return searched(hits)


@pytest.mark.parametrize("count", [hits, one_head_at_a_time, by_numpy, by_rank])
def test_a_right_answer_written_differently_is_accepted(checked, count):
    found = checked(7, **searched(count))
    assert found.solved, str(found)


def test_heads_are_named_as_they_are_given(checked, answers):
    assert "before: (0, 2), 100% where it was chosen" in str(checked(7, **answers))


def test_heads_may_be_lists_or_tensors(checked, answers):
    heads = {name: torch.tensor(head) for name, head in answers["heads"].items()}
    assert checked(7, **answers | {"heads": heads}).solved
    assert checked(
        7, **answers | {"heads": {name: list(head) for name, head in answers["heads"].items()}}
    ).solved


def means(examples):
    return torch.stack([KNOWN[text][:, :, place, target] for text, place, target in examples]).mean(dim=0)


def turned(examples):
    return hits([(text, target, place) for text, place, target in examples])


def with_head(given, name, head):
    return {"heads": given["heads"] | {name: head}}


WRONG = [
    (lambda given: {"hits": lambda examples: None}, "`hits` returns nothing"),
    (lambda given: {"hits": lambda examples: "many"}, "gives a str"),
    (lambda given: {"hits": lambda examples: hits(examples).T}, "has shape (12, 6), not (6, 12)"),
    (lambda given: {"hits": lambda examples: hits(examples) * len(examples)}, "these are counts"),
    (lambda given: {"hits": means}, "that may be mean attention"),
    (lambda given: {"hits": turned}, "the last is looked at"),
    (lambda given: {"hits": lambda examples: torch.zeros(6, 12)}, "is largest at `target`"),
    (lambda given: {"hits": lambda text: hits([(text, 1, 0)])}, "raised"),
    (lambda given: {"heads": list(given["heads"].values())}, "no dict with before, separator, pronoun"),
    (lambda given: with_head(given, "before", 3), "a layer and a head"),
    (lambda given: with_head(given, "before", (0.5, 1)), "a layer and a head"),
    (lambda given: with_head(given, "before", (1, 3)), "count layers and heads from 0 here"),
    (lambda given: with_head(given, "before", (2, 0)), "first the layer, then the head"),
    (lambda given: with_head(given, "pronoun", (0, 3)), "`divmod(int(shares.argmax()), shares.shape[1])`"),
    (lambda given: with_head(given, "separator", (0, 12)), "There is no head (0, 12)"),
    (lambda given: {"chosen": given["chosen"] | {"pronoun": 0.9}}, "the share of that head on `GIVEN`"),
    (lambda given: {"chosen": given["chosen"] | {"pronoun": "most"}}, "is a str"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, answers, change, helps):
    found = checked(7, **answers | change(answers))
    assert not found.solved
    assert helps in str(found)


@pytest.mark.parametrize("each", [*GIVEN, *UNSEEN], ids=lambda each: each.text)
def test_a_pronoun_and_its_word_are_pieces_that_stand_in_the_sentence_once(each):
    assert pieces_of(each.text).count(each.pronoun) == pieces_of(each.text).count(each.word) == 1


def test_no_sentence_is_both_searched_and_kept_back():
    assert len({each.text for each in (*GIVEN, *UNSEEN)}) == len(GIVEN) + len(UNSEEN) == 30

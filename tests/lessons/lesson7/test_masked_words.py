"""Hidden words: which are hidden, what is asked, and what counts say, against sums by hand."""

import pytest
import torch
from academy.lessons.lesson7.masked_words import (
    Counted,
    Question,
    gloss_pieces,
    hits,
    masked,
    questions,
    without_right,
)
from academy.nets.minilm import tokenizer

pytestmark = pytest.mark.slow

TEXTS = ["the cat sat on the mat", "the cat ran", "a dog ran to the cat", "unforgettable"]


@pytest.fixture(scope="module")
def sentences():
    return tokenizer()(TEXTS).input_ids


def test_no_gloss_is_in_both_parts():
    train, held_out = ({tuple(ids) for ids in part} for part in gloss_pieces())
    assert not train & held_out
    assert len(held_out) == 4_000


def test_hidden_pieces_are_marked_and_answers_are_what_was_there(sentences):
    generator = torch.Generator().manual_seed(0)
    for _ in range(20):
        found = masked(sentences, generator)
        assert (found.ids[found.hidden] == tokenizer().mask_token_id).all()
        assert found.hidden.sum(dim=1).min() >= 1
        assert not (found.hidden & ~found.real).any()
        whole = found.ids.clone()
        whole[found.hidden] = found.answers
        for row, ids in enumerate(sentences):
            length = int(found.real[row].sum())
            assert whole[row, :length].tolist() == ids[:length]
            assert not found.hidden[row, 0]
            if length < len(ids):  # cut at what is hidden
                assert found.hidden[row].nonzero().flatten().tolist() == [length - 1]


def test_a_quarter_of_all_texts_is_cut(sentences):
    generator = torch.Generator().manual_seed(0)
    found = masked(sentences[:1] * 2_000, generator)
    cut = (found.real.sum(dim=1) < len(sentences[0])).double().mean().item()
    assert cut == pytest.approx(0.25, abs=0.04)


def test_questions_hide_whole_words_alone(sentences):
    for seed in range(10):
        asked = questions(sentences, seed)
        assert len(asked) == 3  # the last text is one word in pieces
        for question, ids in zip(asked, sentences):
            assert ids[question.place] == question.answer
            assert question.ids[question.place] == tokenizer().mask_token_id
            left = without_right(question)
            assert left.ids == [*ids[: question.place], tokenizer().mask_token_id]


def test_counts_are_those_by_hand(sentences):
    counted = Counted(sentences)
    the, cat, ran, mat, sat = tokenizer().convert_tokens_to_ids(["the", "cat", "ran", "mat", "sat"])
    after_the = Question([101, the, tokenizer().mask_token_id, 102], 2, cat)
    after_mat = Question([101, mat, tokenizer().mask_token_id, 102], 2, cat)
    assert counted.words[[the, cat, ran]].tolist() == [4, 3, 2]
    assert counted.after([after_the], 2).tolist() == [[cat, mat]]
    assert counted.after([after_mat], 2).tolist() == [[the, cat]]  # nothing follows: the frequent ones
    assert counted.frequent([after_the], 2).tolist() == [[the, cat]]
    assert hits(counted.after([after_the, after_mat], 2), [after_the, after_mat]).tolist() == [
        [True, True],
        [False, True],
    ]
    assert counted.words[sat] == 1

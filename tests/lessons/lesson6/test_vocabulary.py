"""Vocabularies: order, special tokens, unknown words, and what goes wrong."""

import pytest
import torch
from academy.data.text import PADDING, batch
from academy.lessons.lesson6.vocabulary import UNKNOWN, Vocabulary

SENTENCES = [["the", "cat", "saw", "the", "dog"], ["a", "dog", "ran"], ["Dog", "and", "the", "cat"]]


@pytest.fixture
def vocabulary():
    return Vocabulary(SENTENCES)


def test_ids_go_from_special_ones_over_frequent_ones_to_the_alphabet(vocabulary):
    assert vocabulary.tokens == ("<pad>", "<unk>", "the", "cat", "dog", "Dog", "a", "and", "ran", "saw")
    assert len(vocabulary) == 10


def test_the_order_of_the_texts_changes_no_id(vocabulary):
    assert Vocabulary(SENTENCES[::-1]).tokens == vocabulary.tokens


def test_known_tokens_come_back_and_others_become_unknown(vocabulary):
    ids = vocabulary.encode(["the", "cow", "ran"])
    assert ids == [2, UNKNOWN, 8]
    assert vocabulary.decode(ids) == ["the", "<unk>", "ran"]
    assert "cow" not in vocabulary
    assert "cat" in vocabulary


def test_a_filled_up_batch_decodes_to_its_sentences(vocabulary):
    ids, _ = batch([vocabulary.encode(sentence) for sentence in SENTENCES])
    assert [vocabulary.decode(row) for row in ids] == SENTENCES


def test_rare_tokens_are_unknown():
    assert Vocabulary(SENTENCES, least=2).tokens == ("<pad>", "<unk>", "the", "cat", "dog")


def test_an_armenian_sentence_keeps_its_words():
    words = ["Մեքենան", "կարդում", "է", "բառեր", "։"]
    vocabulary = Vocabulary([words])
    assert vocabulary.decode(vocabulary.encode(words)) == words


@pytest.mark.parametrize("special", ["<pad>", "<unk>"])
def test_a_text_that_says_a_special_token_fills_no_row(special):
    vocabulary = Vocabulary([["a", special, special]])
    assert vocabulary.tokens == ("<pad>", "<unk>", "a")
    assert vocabulary.encode([special]) == [UNKNOWN] != [PADDING]
    assert special not in vocabulary


def test_no_text_leaves_the_special_tokens_alone():
    assert Vocabulary([]).encode(["a"]) == [UNKNOWN]


@pytest.mark.parametrize("call", [lambda: Vocabulary(["the cat"]), lambda: Vocabulary([]).encode("the cat")])
def test_a_text_in_place_of_its_tokens_is_refused(call):
    with pytest.raises(TypeError, match="'the cat' is a text; cut it into tokens first"):
        call()


def test_a_count_below_one_is_refused():
    with pytest.raises(ValueError, match="let `least` be 1 or more"):
        Vocabulary(SENTENCES, least=0)


@pytest.mark.parametrize("place", [-1, 10])
def test_an_id_that_is_none_is_named(vocabulary, place):
    with pytest.raises(ValueError, match=f"no token {place}: ids go from 0 to 9"):
        vocabulary.decode(torch.tensor([2, place]))

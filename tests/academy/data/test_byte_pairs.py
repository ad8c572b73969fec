"""Byte pairs against the library `tokenizers`, merges worked out by hand, and any text there and back."""

import json
import random

import pytest
from academy.data.byte_pairs import BytePairs, learn, piece_counts, pieces
from academy.data.text import glosses, rated_sentences
from tokenizers import Regex, Tokenizer
from tokenizers.decoders import ByteLevel as Bytes
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split
from tokenizers.trainers import BpeTrainer

LETTER = r"[\p{L}\p{N}_]"
PIECE = Regex(rf" ?{LETTER}+(?:['’]{LETTER}+)*| ?[^\p{{L}}\p{{N}}_\s]+|\s+")
WEATHER = {"rain": 4, "train": 3, "ran": 2, "tin": 1}
ANY_TEXT = {
    "empty": "",
    "a sentence": "A quiet, well-made film; don't miss it!",
    "Armenian": "Մեքենան կարդում է բառեր և սովորում է դրանց իմաստը։ Ինչո՞ւ",
    "emoji": "Sooo goood 🙂🙂 👩‍👩‍👧 🇦🇲",
    "combining marks": "cafe\u0301 and café, a\u0323\u0302 हिन्दी",
    "line ends": "one\r\ntwo\n\n\tthree  \r",
    "rare spaces": "a\u00a0b\u2003c\u200bd\ufeff\x1f\x85\x00",
    "Chinese and Arabic": "深度学习 التعلم العميق",
}


def library(texts, merges):
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = Sequence(
        [Split(PIECE, "isolated"), ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tokenizer.decoder = Bytes()
    trainer = BpeTrainer(vocab_size=256 + merges, initial_alphabet=ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def merges_of(tokenizer):
    model = json.loads(tokenizer.to_str())["model"]
    return [(model["vocab"][first], model["vocab"][second]) for first, second in model["merges"]]


def compare(texts, unseen, merges):
    theirs, ours = library(texts, merges), learn(piece_counts(texts), merges)
    assert list(ours.merges) == merges_of(theirs)
    for text in unseen:
        assert ours.encode(text) == theirs.encode(text).ids
        assert ours.decode(ours.encode(text)) == text == theirs.decode(theirs.encode(text).ids)


@pytest.mark.parametrize("seed", range(20))
def test_made_up_words_give_the_merges_of_the_library_ties_among_them(seed):
    chance = random.Random(seed)

    def texts(count):
        letters = "ab" if seed % 2 else "abcé🙂 "
        return ["".join(chance.choices(letters, k=chance.randint(1, 14))) for _ in range(count)]

    compare(texts(40), texts(20), merges=60)


def test_movie_sentences_give_the_merges_and_encodings_of_the_library():
    texts = rated_sentences("movies").texts
    compare(texts[:1500], [*texts[-200:], *(text for text in ANY_TEXT.values() if "\x1f" not in text)], 500)


@pytest.mark.slow
def test_wordnets_definitions_give_the_merges_and_encodings_of_the_library():
    compare(glosses()[::4], rated_sentences("tweets").texts, 2000)


def test_merges_are_those_that_a_person_finds():
    # ra 9, in 8, ai 7, tr 3, an 2, ti 1; then in 8, ra·i 7; then ra·in 7; then t·rain 3, ra·n 2, t·in 1.
    tokenizer = learn(WEATHER, 100)
    assert tokenizer.tokens[256:] == [b"ra", b"in", b"rain", b"train", b"ran", b"tin"]


def test_an_unseen_word_is_put_together_from_what_was_learned():
    tokenizer = learn(WEATHER, 4)
    assert tokenizer.split("strain") == ["s", "train"]
    assert tokenizer.split("brainy") == ["b", "rain", "y"]
    assert tokenizer.split("trance") == ["t", "ra", "n", "c", "e"]


def test_where_pairs_overlap_the_left_one_is_merged():
    assert learn({"aaa": 1}, 1).split("aaaaa") == ["aa", "aa", "a"]


def test_the_first_merges_of_more_are_those_of_fewer():
    more, fewer = learn(WEATHER, 6), learn(WEATHER, 3)
    assert list(more.merges)[:3] == list(fewer.merges)
    assert BytePairs(list(more.merges)[:3]).split("train") == fewer.split("train") == ["t", "rain"]


@pytest.mark.parametrize("text", ANY_TEXT.values(), ids=ANY_TEXT)
def test_any_text_comes_back(text):
    tokenizer = learn(piece_counts([*rated_sentences("movies").texts[:200], *ANY_TEXT.values()]), 400)
    assert "".join(pieces(text)) == text
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_without_merges_a_text_is_its_bytes():
    tokenizer = learn({}, 10)
    assert [tokenizer.tokens[place] for place in tokenizer.encode("né")] == [b"n", b"\xc3", b"\xa9"]


def test_no_token_crosses_a_word():
    assert pieces("don't stop, Ani!") == ["don't", " stop", ",", " Ani", "!"]
    tokenizer = learn(piece_counts(["to be or not to be"] * 9), 100)
    assert tokenizer.split("to be or not to be") == ["to", " be", " or", " not", " to", " be"]


def test_half_a_letter_decodes_to_a_mark_that_says_so():
    tokenizer = learn({}, 0)
    assert tokenizer.decode(tokenizer.encode("é")[:1]) == "�"


@pytest.mark.parametrize("token", [-1, 256])
def test_an_id_that_is_none_is_named(token):
    with pytest.raises(ValueError, match=f"no token {token}: ids go from 0 to 255"):
        BytePairs([]).decode([token])
    with pytest.raises(ValueError, match=f"no token {token}: ids go from 0 to 255"):
        BytePairs([(0, token)])


def test_fewer_merges_than_none_are_refused():
    with pytest.raises(ValueError, match="cannot be -1 merges"):
        learn(WEATHER, -1)

"""A text as numbers, against loops in Python and numbers worked out by hand."""

import pytest
import torch
from academy.lessons.lesson6.corpus import contexts, corpus_of, keep_probabilities, subsampled, tokens


def test_words_are_runs_of_letters_in_lowercase():
    assert tokens('A café, e.g. "Zoë\'s"; 3 co-operate_s') == [
        "a",
        "café",
        "e",
        "g",
        "zoë",
        "s",
        "co",
        "operate",
        "s",
    ]


def test_the_vocabulary_is_sorted_by_count_and_rare_words_leave_no_gap(frequent):
    assert frequent.words[0] == "the"
    assert dict(zip(frequent.words, frequent.counts.tolist())) == {
        "the": 4, "river": 2, "runs": 2, "sea": 3, "is": 2, "deep": 3, "a": 2, "red": 2,
    }  # fmt: skip
    third = frequent.ids[frequent.sentences == 2]
    assert [frequent.words[number] for number in third] == ["the", "red", "runs"]


def test_a_text_without_frequent_words_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match="No word is seen 5 times, the most frequent one 2 times"):
        corpus_of([["a", "b", "a"]])


def test_contexts_are_those_of_a_loop_over_sentences(tiny):
    window = 3
    reach = torch.arange(len(tiny.ids)) % window + 1
    around, within = contexts(tiny, torch.arange(len(tiny.ids)), reach, window)
    for place, (ids, near) in enumerate(zip(around, within)):
        others = [
            tiny.ids[other].item()
            for other in range(len(tiny.ids))
            if 0 < abs(other - place) <= reach[place] and tiny.sentences[other] == tiny.sentences[place]
        ]
        assert ids[near].tolist() == others


def test_a_word_a_hundred_times_the_threshold_is_kept_eleven_times_in_a_hundred():
    counts = torch.tensor([10_000, 990_000])
    kept = keep_probabilities(counts, 1e-4)
    assert kept[0].item() == pytest.approx(0.1 + 0.01)
    assert keep_probabilities(counts, 1e-2)[0] == 1


def test_places_are_left_out_as_often_as_said():
    corpus = corpus_of([["often"] * 9 + ["rare"]] * 2000)
    kept = subsampled(corpus, 0.1, torch.Generator().manual_seed(0))
    shares = torch.bincount(kept.ids) / corpus.counts
    expected = (0.1 / 0.9) ** 0.5 + 0.1 / 0.9
    assert shares.tolist() == pytest.approx([expected, 1], abs=0.01)  # standard error 0.004
    assert (kept.sentences.diff() >= 0).all()
